variable "GREETING" {
  default = "Hello"
}

group "default" {
  targets = ["greeter", "shouter", "page"]
}

target "greeter" {
  args = { TEXT = "${GREETING} from bakekit" }
  tags = ["bakekit-hello:latest"]
}

target "shouter" {
  args = { TEXT = upper("${GREETING} from bakekit!") }
  tags = ["bakekit-hello:loud"]
}

target "page" {
  target = "page"
  args   = { TEXT = "${GREETING} from bakekit" }
  output = ["out"]
}
