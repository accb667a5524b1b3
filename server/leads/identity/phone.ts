// The whole metadata: with the smaller one a number without its area code passes for a valid one.
import { type CountryCode, parsePhoneNumberFromString } from 'libphonenumber-js/max'

/** A phone in E.164 when it can be read, else as it was given: nobody is refused for a phone, and nothing is lost.
 *
 * Brazilian mobiles get the ninth digit, which every one of them has had since 2016 and half of the old lists lack.
 */
export function readPhone(given: string, country: string): string {
  const text = given.trim()
  const digits = text.replace(/\D/g, '')
  for (const candidate of [text, `+${digits.replace(/^00/, '')}`]) {
    const parsed = parsePhoneNumberFromString(candidate, country as CountryCode)
    // An extension or a second number in the same text would be lost: keep it as it is.
    if (!parsed || parsed.ext || !digits.endsWith(parsed.nationalNumber)) continue
    const number = withNinthDigit(parsed.number)
    if (parsePhoneNumberFromString(number)?.isValid()) return number
  }
  return text
}

/** `+551187654321` → `+5511987654321`; landlines begin with 2 to 5 and never get one. */
const withNinthDigit = (number: string) => number.replace(/^(\+55[1-9]\d)([6-9]\d{7})$/, '$19$2')

/** Every way in which this number's digits are written: with and without Brazil's ninth. */
export function phoneSpellings(phone: string): string[] {
  const digits = phone.replace(/\D/g, '')
  const mobile = /^\+(55[1-9]\d)9(\d{8})$/.exec(phone)
  return mobile ? [digits, `${mobile[1]}${mobile[2]}`] : digits ? [digits] : []
}
