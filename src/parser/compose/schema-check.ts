/** One complaint of the generated schema check, in ajv's shape. */
export interface SchemaError {
  readonly instancePath: string
  readonly keyword: string
  readonly params: Readonly<Record<string, unknown>>
}

/** The generated check: true when the data fits, otherwise `errors` says why. */
export interface SchemaCheck {
  (data: unknown): boolean
  errors?: readonly SchemaError[] | null
}
