# Looking for an Engine that is already running.

engine_answers() {
  case $1 in
    unix://*) [ -S "${1#unix://}" ] && http_answers /_ping "${1#unix://}" ;;
    tcp://*)
      if [ -n "${DOCKER_TLS_VERIFY-}" ]; then cli_answers "$1"; else http_answers "http://${1#tcp://}/_ping"; fi
      ;;
    *) cli_answers "$1" ;;
  esac
}

# http_answers URL, or http_answers PATH SOCKET
http_answers() {
  if command -v curl >/dev/null; then
    if [ $# -eq 2 ]; then
      curl -fs --noproxy '*' --max-time 5 -o /dev/null --unix-socket "$2" "http://localhost$1"
    else
      curl -fs --noproxy '*' --max-time 5 -o /dev/null "$1"
    fi
  else
    node -e '
      const [target, socketPath] = process.argv.slice(1)
      const to = socketPath ? { socketPath, path: target } : target
      const req = require("node:http").get(to, (res) => process.exit(res.statusCode < 400 ? 0 : 1))
      req.setTimeout(5000, () => process.exit(1))
      req.on("error", () => process.exit(1))
    ' "$@"
  fi
}

cli_answers() {
  command -v docker >/dev/null && timeout 10 docker -H "$1" version --format '{{.Server.Version}}' >/dev/null 2>&1
}

# Prints the endpoint of a running Engine: DOCKER_HOST, then the current docker context,
# then the usual sockets. Our own private one does not count.
find_engine() {
  local host
  while read -r host; do
    if [ "$host" = "unix://$socket" ]; then return 1; fi
    if [ -n "$host" ] && engine_answers "$host"; then
      printf '%s' "$host"
      return
    fi
  done < <(engine_candidates)
  return 1
}

engine_candidates() {
  if [ "${BAKEKIT_ENGINE-}" = private ]; then return; fi
  printf '%s\n' "${DOCKER_HOST-}"
  if command -v docker >/dev/null; then
    DOCKER_HOST='' docker context inspect --format '{{.Endpoints.docker.Host}}' 2>/dev/null || true
  fi
  printf '%s\n' unix:///var/run/docker.sock
  if [ -n "${XDG_RUNTIME_DIR-}" ]; then printf '%s\n' "unix://$XDG_RUNTIME_DIR/docker.sock"; fi
}

# The command line that belongs to the Engine: the user's own for a found one, ours otherwise.
docker_cli() {
  if [ "$kind" = found ] && command -v docker; then return; fi
  tool docker
}

server_version() {
  "$(recorded BAKEKIT_DOCKER)" -H "$1" version --format 'Docker Engine {{.Server.Version}}' 2>/dev/null || printf 'version unknown'
}

reference_version() {
  local reference
  reference=$(recorded BAKEKIT_REFERENCE)
  if [ -x "$reference" ]; then "$reference" version; else printf 'not available'; fi
}
