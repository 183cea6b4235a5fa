import type { Kind } from '../oracle/case.ts'

/** Small texts that use one thing each; mutations of them reach corners that whole definitions do not. */
export const SNIPPETS: Readonly<Record<Kind, readonly string[]>> = {
  hcl: [
    'target "default" {\n  tags = [for k, v in { a = 1, b = 2 } : "${k}-${v}" if v > 1]\n}\n',
    'target "default" {\n  args = { a = <<-EOT\n    x ${upper("y")}\n      z\n  EOT\n  }\n}\n',
    'variable "A" {\n  type = object({ a = string, b = optional(list(number)) })\n  default = { a = 1 }\n  validation {\n    condition = A.a != ""\n    error_message = "no ${A.a}"\n  }\n}\ntarget "default" {\n  args = A\n}\n',
    'function "f" {\n  params = [x]\n  variadic_params = rest\n  result = concat([x], rest)\n}\ntarget "default" {\n  tags = f("a", ["b"]...)\n}\n',
    'target "default" {\n  name = "t-${v}-${w.n}"\n  matrix = {\n    v = ["1", "2"]\n    w = [{ n = 1 }, { n = 2 }]\n  }\n  contexts = { x = "target:base" }\n}\ntarget "base" {}\n',
    'target "default" {\n  args = {\n    a = range(0, 1000, 3)[1]\n    b = format("%5.2f|%-8s|%q", 1.5, "x", "y")\n    c = regex_replace("abc", "(b)", "$1$1")\n    d = setproduct(["a", "b"], [1, 2])[0][1]\n    e = cidrsubnet("10.0.0.0/8", 8, 2)\n  }\n}\n',
    'target "default" {\n  dockerfile-inline = "%{ for i in range(3) ~}\\n${i}%{ endfor ~}%{ if true }a%{ else }b%{ endif }"\n}\n',
    'a = b\nb = target.x.context\ntarget "x" { context = a }\ntarget "y" { inherits = ["x", "y"] }\n',
    'target "default" {\n  args = { p = pow(2, 1000), l = log(10, 2), m = 1e308 * 10, n = 10 % 3.3, q = parseint("zz", 36) }\n}\n',
    'target "default" {\n  args = [{ a = [1, 2] }, { a = 3 }].*.a[0]\n  tags = try(jsondecode("[1,{}]"), csvdecode("a,b\\n1,2"), [])\n}\n',
    'group "default" { targets = ["a", "default"] }\ntarget "a" { output = ["type=local,dest=x", { type = "oci", dest = "y" }] }\n',
    'target "default" {\n  args = { s = substr("👨‍👩‍👧e\\u0301", 0, 1), t = title("ß i̇"), j = jsonencode({ a = [null, true] }), y = indent(3, "a\\nb"), d = formatdate("YYYY-MM-DD", "2024-01-01T00:00:00Z") }\n}\n',
  ],
  json: [
    '{"target":{"default":{"tags":"${[for x in [1,2]: \\"t${x}\\"]}","args":{"${upper(\\"a\\")}":1.50}}}}',
    '{"variable":{"A":{"type":"list(string)","default":["a",1],"validation":[{"condition":"${length(A)>0}","error_message":"x"}]}},"target":[{"a":{"args":{"x":"%{if true}${A[0]}%{endif}"}}},{"b":{"inherits":["a"]}}]}',
    '{"//":"c","function":{"f":{"params":["x"],"result":"${x}!"}},"group":{"default":{"targets":["\\u0061"]}},"target":{"a":{"matrix":{"v":["1","2"]},"name":"a-${v}","labels":{"l":"$${y}"},"x":null,"y":-1e-7,"z":[[],{}]}}}',
    '[{"target":{"a":{}}}]',
  ],
  compose: [
    'x-a: &a\n  args: {A: "1"}\nservices:\n  web:\n    build:\n      <<: *a\n      context: ${DIR:-.}\n      tags: [a, "b"]\n',
    'services:\n  a:\n    extends: {service: b}\n    image: i\n  b:\n    build:\n      dockerfile_inline: |\n        FROM x\n        RUN $$y\n      x-bake:\n        platforms: [linux/amd64]\n        output: type=docker\n',
    'services:\n  a:\n    build:\n      args:\n        - A=${V:?need}\n        - B\n      shm_size: 128m\n      ulimits: {nofile: {soft: 1, hard: 2}}\n      secrets: [s]\n      additional_contexts: ["b=service:b"]\n    env_file: .env\n  b: {build: ./b}\nsecrets:\n  s: {environment: X}\n',
    'a: &a [x, x]\nb: &b [*a, *a]\nc: [*b, *b]\nservices: {w: {build: {args: {a: !!str 1, b: >-\n  folded\n  text\n}}}}\n',
    '? k\n: v\n---\nservices: {}\n...\n',
    'services: !override\n  w:\n    build: !reset null\n    image: "${A:-${B:-c}}"\n',
  ],
}
