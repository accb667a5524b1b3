import { NumberInput, type NumberInputProps } from '@mantine/core'
import { useWords } from '../words/words.ts'

/** An amount of money, written as this person writes it: 1.234,50. */
export function MoneyInput(props: NumberInputProps) {
  const { locale } = useWords()
  const isComma = locale !== 'en'
  return (
    <NumberInput
      prefix="R$ "
      decimalSeparator={isComma ? ',' : '.'}
      thousandSeparator={isComma ? '.' : ','}
      decimalScale={2}
      min={0}
      hideControls
      inputMode="decimal"
      {...props}
    />
  )
}
