import { posix, win32 } from 'node:path'
import { compareBytes } from '../core/text/byte-order.ts'
import type { FileStat } from './host.ts'

/** What a path of a memory host holds. */
export type MemoryNode =
  | { readonly kind: 'file'; readonly data: Uint8Array; readonly mode: number; readonly mtimeMs: number }
  | { readonly kind: 'dir' }
  | { readonly kind: 'link'; readonly target: string }

/** Links followed before a path counts as a loop; Linux has the same bound. */
const MAX_LINKS = 40

/**
 * A file tree in memory that follows the path rules of a platform: on Windows both slashes separate, letter case
 * does not matter and drives are roots. Errors carry Node's codes.
 */
export class MemoryFiles {
  private readonly windows: boolean
  private readonly cwd: string
  /** By comparable path. */
  private readonly nodes = new Map<string, { readonly path: string; readonly node: MemoryNode }>()

  constructor(platform: 'linux' | 'darwin' | 'win32', cwd: string) {
    this.windows = platform === 'win32'
    this.cwd = cwd
  }

  /** Adds a node and the directories above it. */
  put(path: string, node: MemoryNode): void {
    const absolute = this.absolute(path)
    const parent = this.rules().dirname(absolute)
    if (parent !== absolute && this.node(parent) === undefined) this.put(parent, { kind: 'dir' })
    this.nodes.set(this.key(absolute), { path: absolute, node })
  }

  read(path: string): Uint8Array {
    const node = this.node(this.real(path))
    if (node === undefined) throw problem('ENOENT', 'no such file or directory', 'open', path)
    if (node.kind === 'dir') throw problem('EISDIR', 'illegal operation on a directory', 'read', path)
    return node.kind === 'file' ? node.data : new Uint8Array()
  }

  /** Writes through links; the directory must exist. */
  write(path: string, data: Uint8Array, mtimeMs: number, mode = 0o644): void {
    const target = this.real(path)
    const old = this.node(target)
    if (old?.kind === 'dir') throw problem('EISDIR', 'illegal operation on a directory', 'open', path)
    if (this.node(this.rules().dirname(target))?.kind !== 'dir') {
      throw problem('ENOENT', 'no such file or directory', 'open', path)
    }
    this.put(target, { kind: 'file', data, mode: old?.kind === 'file' ? old.mode : mode, mtimeMs })
  }

  stat(path: string, links: 'follow' | 'keep'): FileStat | undefined {
    const node = this.node(links === 'follow' ? this.real(path) : this.realParent(path))
    if (node === undefined) return undefined
    if (node.kind === 'file') {
      return { kind: 'file', sizeBytes: node.data.length, mode: node.mode, mtimeMs: node.mtimeMs }
    }
    if (node.kind === 'link') return { kind: 'link', sizeBytes: node.target.length, mode: 0o777, mtimeMs: 0 }
    return { kind: 'dir', sizeBytes: 0, mode: 0o755, mtimeMs: 0 }
  }

  readLink(path: string): string {
    const node = this.node(this.realParent(path))
    if (node === undefined) throw problem('ENOENT', 'no such file or directory', 'readlink', path)
    if (node.kind !== 'link') throw problem('EINVAL', 'invalid argument', 'readlink', path)
    return node.target
  }

  realPath(path: string): string {
    const real = this.real(path)
    const found = this.nodes.get(this.key(real))
    if (found === undefined && !this.isRoot(real))
      throw problem('ENOENT', 'no such file or directory', 'realpath', path)
    return found?.path ?? real
  }

  /** Names in a directory, sorted by their bytes. */
  list(path: string): string[] {
    const dir = this.real(path)
    const node = this.node(dir)
    if (node === undefined) throw problem('ENOENT', 'no such file or directory', 'scandir', path)
    if (node.kind !== 'dir') throw problem('ENOTDIR', 'not a directory', 'scandir', path)
    return this.below(dir, 'children')
      .map((child) => this.rules().basename(child))
      .sort(compareBytes)
  }

  remove(path: string): void {
    const target = this.realParent(path)
    for (const inner of this.below(target, 'all')) this.nodes.delete(this.key(inner))
    this.nodes.delete(this.key(target))
  }

  rename(from: string, to: string): void {
    const source = this.realParent(from)
    const target = this.realParent(to)
    const node = this.node(source)
    if (node === undefined) throw problem('ENOENT', 'no such file or directory', 'rename', from)
    const moved = this.below(source, 'all').map((p) => ({ rest: p.slice(source.length), node: this.node(p) }))
    this.remove(source)
    this.put(target, node)
    for (const inner of moved) if (inner.node !== undefined) this.put(target + inner.rest, inner.node)
  }

  private below(dir: string, which: 'children' | 'all'): string[] {
    const { dirname, sep } = this.rules()
    const key = this.key(dir)
    const prefix = key.endsWith(sep) ? key : key + sep
    return [...this.nodes.values()]
      .map((entry) => entry.path)
      .filter((path) => this.key(path).startsWith(prefix) && this.key(path) !== key)
      .filter((path) => which === 'all' || this.key(dirname(path)) === key)
  }

  private rules(): typeof posix {
    return this.windows ? win32 : posix
  }

  private absolute(path: string): string {
    return this.rules().resolve(this.cwd, path)
  }

  private key(path: string): string {
    return this.windows ? path.toLowerCase() : path
  }

  private isRoot(path: string): boolean {
    return this.rules().dirname(path) === path
  }

  private node(absolute: string): MemoryNode | undefined {
    return this.nodes.get(this.key(absolute))?.node ?? (this.isRoot(absolute) ? { kind: 'dir' } : undefined)
  }

  private realParent(path: string): string {
    const { dirname, basename, join } = this.rules()
    const absolute = this.absolute(path)
    return this.isRoot(absolute) ? absolute : join(this.real(dirname(absolute)), basename(absolute))
  }

  /** The path with every link in it resolved; the end may be missing. */
  private real(path: string, links = 0): string {
    const { dirname, resolve } = this.rules()
    const at = this.absolute(path)
    if (this.isRoot(at)) return at
    if (links > MAX_LINKS) throw problem('ELOOP', 'too many symbolic links encountered', 'stat', path)
    const parent = this.real(dirname(at), links)
    const here = resolve(parent, this.rules().basename(at))
    const node = this.node(here)
    return node?.kind === 'link' ? this.real(resolve(parent, node.target), links + 1) : here
  }
}

function problem(code: string, text: string, syscall: string, path: string): Error {
  return Object.assign(new Error(`${code}: ${text}, ${syscall} '${path}'`), { code, syscall, path })
}
