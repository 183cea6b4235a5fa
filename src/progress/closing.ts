import { excerpt } from './excerpt.ts'
import { logText } from './log-lines.ts'
import { isCanceled, type ProgressModel } from './model.ts'

const RULE = '------'

/** Name and output of each failed step; `tail` limits the lines (spec buildkit 11.3). */
export function failedSteps(model: ProgressModel, tail: number): string {
  let text = ''
  for (const step of model.started) {
    if (step.error === '' || isCanceled(step)) continue
    const lines = step.logs.tail(tail).map((line) => `${logText(line)}\n`)
    text += `${RULE}\n > ${step.name}:\n${lines.join('')}${RULE}\n`
  }
  return text
}

const YELLOW = '\u001b[33m'
const PLAIN = '\u001b[0m'

/** The list of warnings behind the last step, empty without warnings. Coloured even into a pipe, as the reference. */
export function warningSummary(model: ProgressModel, debug: boolean): string {
  const { warnings } = model
  if (warnings.length === 0) return ''
  const count = `${warnings.length} warning${warnings.length === 1 ? '' : 's'} found`
  let text = `\n ${YELLOW}${count}${debug ? '' : ' (use docker --debug to expand)'}:\n${PLAIN}`
  for (const warning of warnings) {
    text += ` - ${warning.short}\n`
    if (!debug) continue
    for (const line of warning.detail) text += `${line}\n`
    if (warning.url !== '') text += `More info: ${warning.url}\n`
    if (warning.source && warning.ranges.length > 0) text += excerpt(warning.source, warning.ranges)
    text += '\n'
  }
  return text
}
