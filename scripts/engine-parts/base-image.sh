# The image `busybox` that examples and tests build from, made from the distribution's static
# binary, so nothing has to be pulled.

ensure_base_image() {
  local host=$1
  if [ -z "$docker" ] || [ -z "$(tool busybox)" ]; then return; fi
  if ! "$docker" -H "$host" image inspect busybox:latest >/dev/null 2>&1; then
    say 'engine: making the base image busybox'
    base_image_tar | "$docker" -H "$host" import --change 'CMD ["sh"]' - busybox:latest >/dev/null
  fi
  if [ -n "$registry" ] && ! http_answers "http://$registry/v2/busybox/manifests/latest"; then
    "$docker" -H "$host" tag busybox:latest "$registry/busybox:latest"
    "$docker" -H "$host" push -q "$registry/busybox:latest" >/dev/null ||
      say "engine: could not push busybox to $registry (an Engine on another machine cannot reach it)"
  fi
}

base_image_tar() {
  local root=$cache/busybox binary
  binary=$(tool busybox)
  rm -rf "$root"
  mkdir -p "$root/bin" "$root/etc" "$root/root" "$root/tmp" "$root/usr/bin" "$root/var/tmp"
  chmod 1777 "$root/tmp" "$root/var/tmp"
  cp "$binary" "$root/bin/busybox"
  local applet
  for applet in $("$binary" --list); do
    if [ "$applet" != busybox ]; then ln -s busybox "$root/bin/$applet"; fi
  done
  ln -s ../../bin/busybox "$root/usr/bin/env"
  printf 'root:x:0:0:root:/root:/bin/sh\nnobody:x:65534:65534:nobody:/:/bin/false\n' >"$root/etc/passwd"
  printf 'root:x:0:\nnobody:x:65534:\n' >"$root/etc/group"
  tar -C "$root" --sort=name --mtime=@0 --owner=0 --group=0 --numeric-owner -c .
}
