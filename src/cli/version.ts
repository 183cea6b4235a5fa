declare const __BAKEKIT_VERSION__: string | undefined

/** The version of this build; `0.0.0-dev` when run from source. */
export const VERSION: string = typeof __BAKEKIT_VERSION__ === 'string' ? __BAKEKIT_VERSION__ : '0.0.0-dev'
