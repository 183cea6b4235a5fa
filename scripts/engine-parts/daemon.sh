# The private Engine: dockerd with its own data, sockets and containerd.

need_root() {
  if [ "$(id -u)" != 0 ]; then
    fail 'no Docker Engine answers, and starting a private one needs root' \
      'Start Docker, or point DOCKER_HOST at an Engine you may use, or run: sudo scripts/engine start'
  fi
}

start_private_engine() {
  if running_pid "$daemon_pid" >/dev/null && engine_answers "unix://$socket"; then return; fi
  fetch_host_packages
  stop_process "$daemon_pid" dockerd
  local release
  for release in $(engine_releases); do
    if ! (fetch_packages "$cache/$release" "$release" $engine_packages); then continue; fi
    if run_dockerd "$cache/$release"; then return; fi
    say "engine: the one from $release did not start; last lines of its log, $daemon_log:"
    tail -n 15 "$daemon_log" 2>/dev/null | sed 's/^/  | /' >&2
    stop_process "$daemon_pid" dockerd
  done
  fail 'no Docker Engine could be started' \
    "The whole log: $daemon_log" \
    'It needs the right to mount, to make namespaces and to set up a bridge: a real or virtual machine,' \
    'or a container started with --privileged. Or start Docker yourself and set DOCKER_HOST.'
}

run_dockerd() {
  local unpacked=$1 libraries program pid
  program=$(find "$unpacked" -path '*bin/dockerd' -print -quit)
  if [ -z "$program" ]; then
    say "engine: no dockerd in $unpacked"
    return 1
  fi
  mkdir -p "$runtime" "$cache/data" "$cache/bin"
  rm -f "$socket"
  libraries=$(library_path "$cache/host")
  link_commands "$unpacked" "$libraries"
  write_daemon_config >"$cache/daemon.json"
  # LD_LIBRARY_PATH serves iptables and runc; the sockets' directory is on the command line,
  # by which running_pid knows the process again.
  PATH="$cache/bin:$unpacked/usr/bin:$unpacked/usr/sbin:$cache/host/usr/sbin:$cache/host/sbin:$PATH:/usr/sbin:/sbin" \
    LD_LIBRARY_PATH="$libraries" XTABLES_LIBDIR="$(xtables_dir)" \
    setsid "$program" \
    --config-file "$cache/daemon.json" --data-root "$cache/data" --exec-root "$runtime/exec" \
    --pidfile "$daemon_pid" -H "unix://$socket" \
    >"$daemon_log" 2>&1 </dev/null 9>&- &
  pid=$!
  local waited=0
  while [ $waited -lt 300 ]; do
    if engine_answers "unix://$socket"; then return 0; fi
    if ! kill -0 "$pid" 2>/dev/null; then return 1; fi
    sleep 0.2
    waited=$((waited + 1))
  done
  kill "$pid" 2>/dev/null || true
  return 1
}

write_daemon_config() {
  local driver='' iptables=''
  if ! can_mount_overlay; then
    say 'engine: overlay mounts do not work here; image layers will be plain copies'
    driver=', "storage-driver": "native"'
  fi
  if [ ! -e "$cache/bin/iptables" ]; then
    say 'engine: iptables does not work here; containers will have no outside network'
    iptables=', "iptables": false, "ip6tables": false'
  fi
  printf '{ "features": { "containerd-snapshotter": true }%s%s }\n' "$driver" "$iptables"
}

can_mount_overlay() {
  local probe=$cache/data/overlay-probe works=1
  mkdir -p "$probe/lower" "$probe/upper" "$probe/work" "$probe/merged"
  if mount -t overlay overlay -o "lowerdir=$probe/lower,upperdir=$probe/upper,workdir=$probe/work" "$probe/merged" 2>/dev/null; then
    works=0
    umount "$probe/merged"
  fi
  rm -rf "$probe"
  return $works
}

# Commands dockerd looks up by names that the unpacked packages do not carry.
link_commands() {
  rm -rf "$cache/bin"
  mkdir -p "$cache/bin"
  local flavour binary name
  binary=$(find "$1" -name tini-static -print -quit)
  if [ -n "$binary" ]; then ln -s "$binary" "$cache/bin/docker-init"; fi
  for flavour in legacy nft; do
    binary=$(find "$cache/host" -name "xtables-$flavour-multi" -print -quit)
    if [ -n "$binary" ] && LD_LIBRARY_PATH=$2 XTABLES_LIBDIR=$(xtables_dir) "$binary" iptables -t nat -L -n >/dev/null 2>&1; then
      for name in iptables iptables-save iptables-restore ip6tables ip6tables-save ip6tables-restore; do
        ln -s "$binary" "$cache/bin/$name"
      done
      return
    fi
  done
}

library_path() {
  find "$1" -name '*.so.*' -printf '%h\n' 2>/dev/null | sort -u | paste -sd ':'
}

xtables_dir() {
  find "$cache/host" -type d -name xtables -print -quit
}
