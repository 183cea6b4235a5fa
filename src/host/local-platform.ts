const OPERATING_SYSTEMS: Readonly<Record<string, string>> = { win32: 'windows', sunos: 'solaris' }

/** Node's names of architectures that differ from the ones images use. */
const ARCHITECTURES: Readonly<Record<string, string>> = {
  x64: 'amd64',
  ia32: '386',
  arm: 'arm/v7',
  ppc64: 'ppc64le',
  mipsel: 'mipsle',
}

/** `os/arch[/variant]` of a machine, in the words of image platforms. */
export function localPlatform(platform: string, arch: string): string {
  return `${OPERATING_SYSTEMS[platform] ?? platform}/${ARCHITECTURES[arch] ?? arch}`
}
