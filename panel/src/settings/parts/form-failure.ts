import { type ApiFailure, fieldErrors } from '../../api/failure.ts'
import type { Words } from '../../words/words.ts'

type Form = { setErrors: (errors: Record<string, string>) => void }

/** For `failed` of a change that a form makes: what the API says of a field goes to the field. */
export const toFields = (form: Form, words: Words) => (error: ApiFailure) => {
  form.setErrors(fieldErrors(error, words))
  return error.body.errors !== undefined
}
