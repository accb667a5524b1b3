/** Something the operator must mend; its message is one English line that says what is wrong and what to do. */
export class OperatorError extends Error {
  override name = 'OperatorError'
}
