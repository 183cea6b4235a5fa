# Where things live, and the record that `start` leaves for `env`, `status` and `stop`.

cache=$repo/.cache/engine
tools=$cache/tools
record_file=$cache/engine.env
daemon_log=$cache/dockerd.log
registry_log=$cache/registry.log

# A unix socket path may be at most 107 bytes long, so sockets live outside the repository,
# in a directory named after it.
runtime_dir() {
  local base=${XDG_RUNTIME_DIR:-/run} id
  if [ ! -w "$base" ] || [ ${#base} -gt 40 ]; then base=/tmp; fi
  id=$(printf '%s' "$repo" | cksum | cut -d ' ' -f 1)
  printf '%s/bakekit-engine-%s' "$base" "$id"
}

runtime=$(runtime_dir)
socket=$runtime/docker.sock
daemon_pid=$runtime/docker.pid
registry_pid=$runtime/registry.pid

say() { printf '%s\n' "$*" >&2; }

fail() {
  say "engine: $1"
  shift
  local line
  for line in "$@"; do say "  $line"; done
  exit 1
}

record() {
  {
    printf 'export DOCKER_HOST=%q\n' "$1"
    printf 'export BAKEKIT_ENGINE_KIND=%q\n' "$kind"
    printf 'export BAKEKIT_DOCKER=%q\n' "$docker"
    printf 'export BAKEKIT_REFERENCE=%q\n' "$(tool docker-buildx)"
    printf 'export BAKEKIT_COMPOSE=%q\n' "$(tool docker-compose)"
    printf 'export BAKEKIT_REGISTRY=%q\n' "$registry"
  } >"$record_file.new"
  mv "$record_file.new" "$record_file"
}

recorded() {
  [ -f "$record_file" ] || return 1
  # shellcheck source=/dev/null
  (. "$record_file" && printf '%s' "${!1-}")
}

recorded_engine_answers() {
  local host
  host=$(recorded DOCKER_HOST) && engine_answers "$host"
}

# The pid file may be stale and its number taken by another program: only a process whose
# command line names our runtime directory is ours.
running_pid() {
  local pid
  pid=$(cat "$1" 2>/dev/null) || return 1
  [ -n "$pid" ] && tr '\0' ' ' 2>/dev/null <"/proc/$pid/cmdline" | grep -qF "$runtime" && printf '%s' "$pid"
}

stop_process() {
  local pid waited=0
  if pid=$(running_pid "$1"); then
    say "engine: stopping $2 ($pid)"
    kill "$pid" 2>/dev/null || true
    while kill -0 "$pid" 2>/dev/null && [ $waited -lt 300 ]; do
      sleep 0.1
      waited=$((waited + 1))
    done
    if kill -0 "$pid" 2>/dev/null; then kill -9 "$pid" 2>/dev/null || true; fi
  fi
  rm -f "$1"
}
