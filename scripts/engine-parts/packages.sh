# Distribution packages, downloaded and unpacked into .cache/engine without installing them.
# apt runs with its own source list, state and cache; the mirror is the one this machine uses.

# Names differ between releases; what a release does not have is left out.
tool_packages='docker-cli docker-buildx docker-compose docker-compose-v2 docker-registry busybox-static'
engine_packages='docker.io containerd tini-static tini'
# From the machine's own release, because these must fit its C library and kernel tools.
host_packages='runc iptables'
host_libraries='libip4tc2 libip6tc2 libxtables12 libnftnl11 libmnl0 libnfnetlink0 libnetfilter-conntrack3
  libseccomp2 libsystemd0 libcap2 libapparmor1'

# tool NAME: prints where the unpacked program is, nothing if it could not be had.
tool() {
  find "$tools" "$cache"/*/usr/bin \( -path '*/bin/*' -o -path '*/cli-plugins/*' \) -name "$1" -print -quit 2>/dev/null || true
}

# Releases to take the Engine from, best first. Debian's unstable carries the version bakekit is
# compared with and needs nothing newer than glibc 2.34; other systems use their own release.
engine_releases() {
  case $(release_field ID) in
    debian) printf '%s\n' sid trixie ;;
    *) own_release ;;
  esac
}

release_field() {
  # shellcheck source=/dev/null
  (. /etc/os-release && printf '%s' "${!1-}")
}

own_release() { release_field VERSION_CODENAME; }

# Beside a found Engine the tools are a convenience: the machine may not even have apt.
fetch_tools() {
  if [ -f "$tools/.complete" ]; then return; fi
  if (fetch_tools_from_best_release); then return; fi
  if [ "$kind" = private ]; then exit 1; fi
  say 'engine: going on without a local registry and without docker-buildx to compare with'
}

fetch_tools_from_best_release() {
  local release
  update_lists
  for release in $(engine_releases); do
    if is_available docker-buildx "$release"; then break; fi
  done
  fetch_packages "$tools" "$release" $tool_packages
}

# fetch_packages DIR RELEASE PACKAGE...: unpacks into DIR, once.
fetch_packages() {
  local dir=$1 release=$2
  shift 2
  if [ -f "$dir/.complete" ]; then return; fi
  update_lists
  rm -rf "$dir" "$dir.debs"
  mkdir -p "$dir" "$dir.debs"
  say "engine: downloading from $release: $*"
  local wanted=() name
  for name in "$@"; do
    if is_available "$name" "$release"; then wanted+=("$(from_release "$name" "$release")"); fi
  done
  if [ ${#wanted[@]} -eq 0 ]; then
    fail "$release has none of the packages: $*" 'is the package mirror reachable?'
  fi
  (cd "$dir.debs" && private apt-get -qq download "${wanted[@]}") ||
    fail "could not download the packages" "see the messages above; is the package mirror reachable?"
  local deb
  for deb in "$dir.debs"/*.deb; do
    dpkg -x "$deb" "$dir" || fail "could not unpack ${deb##*/}"
    dpkg-deb -f "$deb" Package Version | sed 's/^[A-Za-z]*: //' | paste -sd ' ' >>"$dir/.versions"
  done
  rm -rf "$dir.debs"
  sed 's/^/  /' "$dir/.versions" >&2
  touch "$dir/.complete"
}

fetch_host_packages() {
  local wanted=$host_packages name
  for name in $host_libraries; do
    if ! dpkg-query -W -f '${Status}' "$name" 2>/dev/null | grep -q 'ok installed'; then
      wanted="$wanted $name"
    fi
  done
  fetch_packages "$cache/host" "$(own_release)" $wanted
}

# is_available PACKAGE RELEASE
is_available() {
  update_lists
  [ -n "$(private apt-cache show "$(from_release "$1" "$2")" 2>/dev/null)" ]
}

# Only Debian's list holds several releases; elsewhere the newest version is meant.
from_release() {
  if [ "$(release_field ID)" = debian ]; then printf '%s/%s' "$1" "$2"; else printf '%s' "$1"; fi
}

lists_updated=
update_lists() {
  if [ -n "$lists_updated" ]; then return; fi
  need_commands apt-get dpkg
  mkdir -p "$cache/apt/lists/partial" "$cache/apt/cache/archives/partial"
  write_source_list >"$cache/apt/sources.list"
  say 'engine: reading package lists'
  private apt-get -qq update || say 'engine: not every package list could be read; going on with the others'
  lists_updated=yes
}

need_commands() {
  local name
  for name in "$@"; do
    command -v "$name" >/dev/null || fail "$name is not on this machine" \
      'Engine packages can be taken on Debian and Ubuntu only.' \
      'Elsewhere, start Docker (28 or newer) and set DOCKER_HOST.'
  done
}

# Dates are not checked, since a mirror may be a snapshot of an earlier day; signatures are.
private() {
  local command=$1
  shift
  "$command" \
    -o Dir::Etc::sourcelist="$cache/apt/sources.list" -o Dir::Etc::sourceparts=- \
    -o Dir::State="$cache/apt" -o Dir::State::status=/var/lib/dpkg/status -o Dir::Cache="$cache/apt/cache" \
    -o Dir::Cache::pkgcache=pkgcache.bin -o Dir::Cache::srcpkgcache=srcpkgcache.bin \
    -o Acquire::Languages=none -o Acquire::IndexTargets::deb::DEP-11::DefaultEnabled=false \
    -o Acquire::Check-Date=false -o APT::Sandbox::User= -o APT::Get::AllowUnauthenticated=false "$@"
}

write_source_list() {
  local options='' keyring mirror own
  keyring=/usr/share/keyrings/$(release_field ID)-archive-keyring.gpg
  if [ -f "$keyring" ]; then options="[signed-by=$keyring] "; fi
  own=$(own_release)
  mirror=$(machine_mirror "$own")
  if [ -z "$mirror" ]; then
    fail 'found no package mirror in /etc/apt' 'Start Docker (28 or newer) yourself and set DOCKER_HOST.'
  fi
  if [ "$(release_field ID)" = debian ]; then
    printf 'deb %s%s %s main\n' "$options" "$mirror" sid "$options" "$mirror" trixie
    case $own in sid | trixie) ;; *) printf 'deb %s%s %s main\n' "$options" "$mirror" "$own" ;; esac
  else
    printf 'deb %s%s %s main universe\n' "$options" "$mirror" "$own" "$options" "$mirror" "$own-updates"
  fi
}

# The base address of the mirror that serves this machine's own release. apt itself reads its
# configuration, whichever of the two source formats is in use.
machine_mirror() {
  local state=$cache/apt/probe
  mkdir -p "$state/lists/partial"
  apt-get -o Dir::State="$state" -o Dir::State::status=/var/lib/dpkg/status update --print-uris 2>/dev/null |
    sed -nE "s#^'([^']+)/dists/($1|stable|oldstable|testing|unstable|sid)/InRelease'.*#\1#p" | head -n 1
  rm -rf "$state"
}
