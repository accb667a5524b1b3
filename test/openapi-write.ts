import { writeFileSync } from 'node:fs'
import { documentFile, documentText } from './openapi-check.ts'

writeFileSync(documentFile, documentText())
