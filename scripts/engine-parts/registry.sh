# A local image registry on a free loopback port.

registry=

registry_answers() {
  local address
  address=$(recorded BAKEKIT_REGISTRY) && [ -n "$address" ] && http_answers "http://$address/v2/"
}

start_registry() {
  local program
  program=$(tool docker-registry)
  if registry_answers; then
    registry=$(recorded BAKEKIT_REGISTRY)
    return
  fi
  if [ -z "$program" ]; then return; fi
  stop_process "$registry_pid" docker-registry
  mkdir -p "$runtime" "$cache/registry"
  registry=127.0.0.1:$(free_port)
  write_registry_config >"$runtime/registry.yml"
  setsid "$program" serve "$runtime/registry.yml" >"$registry_log" 2>&1 </dev/null 9>&- &
  printf '%s\n' $! >"$registry_pid"
  local waited=0
  until http_answers "http://$registry/v2/"; do
    if [ $waited -ge 100 ] || ! kill -0 "$(cat "$registry_pid")" 2>/dev/null; then
      tail -n 5 "$registry_log" | sed 's/^/  | /' >&2
      fail 'the local registry did not start' "Its log: $registry_log"
    fi
    sleep 0.1
    waited=$((waited + 1))
  done
}

free_port() {
  node -e 'const s = require("node:net").createServer().listen(0, "127.0.0.1", () => { console.log(s.address().port); s.close() })'
}

write_registry_config() {
  cat <<CONFIG
version: 0.1
log:
  level: warn
storage:
  filesystem:
    rootdirectory: $cache/registry
  delete:
    enabled: true
http:
  addr: $registry
CONFIG
}
