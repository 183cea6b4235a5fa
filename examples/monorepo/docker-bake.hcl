# Eight services of three flavours on one shared base.

variable "VERSION" {
  default = "1.4.0"
}

variable "REVISION" {
  default = "unknown"
}

variable "REPOSITORY" {
  default = "bakekit-monorepo"
}

# The release variant carries the plain version; others name themselves in the tag.
function "image" {
  params = [service, variant]
  result = variant == "release" ? "${REPOSITORY}/${service}:${VERSION}" : "${REPOSITORY}/${service}:${VERSION}-${variant}"
}

function "labels" {
  params = [service]
  result = {
    "org.opencontainers.image.title"    = "${title(service)} service"
    "org.opencontainers.image.version"  = VERSION
    "org.opencontainers.image.revision" = REVISION
  }
}

group "default" {
  targets = ["node", "go", "static"]
}

group "debug" {
  targets = ["gateway-debug", "scheduler-debug", "worker-debug"]
}

target "base" {
  context = "base"
}

target "_service" {
  contexts = { base = "target:base" }
  args     = { VERSION = VERSION }
}

target "node" {
  name       = service
  inherits   = ["_service"]
  matrix     = { service = ["admin", "api", "web"] }
  context    = "services/${service}"
  dockerfile = "../../docker/node.Dockerfile"
  args       = { SERVICE = service }
  tags       = [image(service, "release")]
  labels     = labels(service)
}

target "go" {
  name     = "${build.service}-${build.variant}"
  inherits = ["_service"]
  matrix = {
    build = [
      for pair in setproduct(["gateway", "scheduler", "worker"], ["release", "debug"]) :
      { service = pair[0], variant = pair[1] }
    ]
  }
  context    = "services/${build.service}"
  dockerfile = "../../docker/go.Dockerfile"
  args = {
    SERVICE = build.service
    TRACE   = build.variant == "debug" ? "-x" : ""
  }
  tags   = [image(build.service, build.variant)]
  labels = labels(build.service)
}

target "static" {
  name       = service
  inherits   = ["_service"]
  matrix     = { service = ["docs", "status"] }
  context    = "services/${service}"
  dockerfile = "../../docker/static.Dockerfile"
  args       = { SERVICE = service }
  tags       = [image(service, "release")]
  labels     = labels(service)
}
