# Planned once while bakekit is built. What this definition needs of the program is in the code cache of
# the executable and starts without being compiled: keep it to what definitions commonly hold.

variable "TAG" {
  default = "latest"
}

variable "REGISTRY" {
  type    = string
  default = "example.org/team"
  validation {
    condition     = REGISTRY != ""
    error_message = "REGISTRY must not be empty."
  }
}

variable "DEBUG" {
  default = false
}

variable "PLATFORMS" {
  default = ["linux/amd64", "linux/arm64"]
}

function "image" {
  params = [name, variant]
  result = variant == "release" ? "${REGISTRY}/${name}:${TAG}" : "${REGISTRY}/${name}:${TAG}-${variant}"
}

function "labels" {
  params = [name]
  result = {
    "org.opencontainers.image.title"   = "${title(name)} image"
    "org.opencontainers.image.version" = TAG
  }
}

group "default" {
  targets = ["apps", "tools", "release"]
}

target "_common" {
  contexts  = { base = "target:base" }
  args      = { TAG = TAG, DEBUG = DEBUG ? "1" : "" }
  platforms = PLATFORMS
}

target "base" {
  context = "base"
}

target "apps" {
  name     = "${app.name}-${app.variant}"
  inherits = ["_common"]
  matrix = {
    app = [
      for pair in setproduct(["api", "web"], ["release", "debug"]) : { name = pair[0], variant = pair[1] }
    ]
  }
  context    = "services/${app.name}"
  dockerfile = "../../docker/app.Dockerfile"
  args       = { SERVICE = app.name, TRACE = app.variant == "debug" ? "-x" : "" }
  tags       = [image(app.name, app.variant)]
  labels     = labels(app.name)
}

target "tools" {
  name     = tool
  inherits = ["_common"]
  matrix   = { tool = ["lint", "test"] }
  context  = "tools/${tool}"
  tags     = concat([image(tool, "release")], DEBUG ? ["${REGISTRY}/${tool}:debug"] : [])
  target   = tool
}

target "release" {
  inherits          = ["_common", "base"]
  dockerfile-inline = <<-EOT
    FROM scratch
    COPY . /
  EOT
  tags       = formatlist("%s/release:%s", REGISTRY, [TAG, lower(TAG)])
  cache-from = ["type=registry,ref=${REGISTRY}/cache"]
  cache-to   = [{ type = "inline" }]
  output     = ["type=image,push=false"]
  secret     = ["id=token,env=TOKEN"]
  annotations = [for key, value in labels("release") : "${key}=${value}"]
  no-cache   = false
}
