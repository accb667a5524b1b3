import { type Static, Type } from 'typebox'
import { Id, nullable, oneOf, text } from '#platform/shapes.ts'

/** How somebody likes their panel; what is not said is as the account or the browser has it. */
export const Preferences = Type.Object(
  {
    locale: Type.Optional(nullable(oneOf(['pt-BR', 'en', 'es']))),
    theme: Type.Optional(nullable(oneOf(['light', 'dark', 'auto']))),
    density: Type.Optional(nullable(oneOf(['comfortable', 'compact']))),
    pipeline_id: Type.Optional(nullable({ ...Id, description: 'The pipeline that they look at first.' })),
    home: Type.Optional(nullable(text(100, { description: 'Where the panel opens.', examples: ['/inbox'] }))),
    sounds: Type.Optional(nullable(Type.Boolean())),
    notifications: Type.Optional(nullable(Type.Boolean())),
  },
  { 'x-name': 'Preferences' },
)
export type Preferences = Static<typeof Preferences>
