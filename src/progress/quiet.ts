import type { Renderer } from './renderer.ts'

/** Shows nothing. */
export class QuietRenderer implements Renderer {
  event(): void {}
  end(): void {}
}
