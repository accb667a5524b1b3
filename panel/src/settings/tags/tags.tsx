import { ActionIcon, TextInput } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { Pencil, Search, Trash2 } from 'lucide-react'
import { useState } from 'react'
import { useChange } from '../../api/change.tsx'
import { look } from '../../api/look.ts'
import { useCan } from '../../api/session.ts'
import type { Tag } from '../../api/types.ts'
import { Asked } from '../../parts/asked.tsx'
import { Notice } from '../../parts/notice.tsx'
import { plain } from '../../parts/plain.ts'
import { useWords } from '../../words/words.ts'
import { Confirm } from '../parts/confirm.tsx'
import { NameDialog } from '../parts/name-dialog.tsx'
import { Row, Rows } from '../parts/rows.tsx'
import { Section } from '../parts/section.tsx'

export default function Tags() {
  const { settings, common } = useWords()
  const words = settings.process
  const mayChange = useCan('leads:write')
  const [part, setPart] = useState('')
  const asked = useQuery(look('GET /tags'))
  return (
    <Section title={settings.sections.tags} help={words.tagsHelp} isLocked={!mayChange}>
      <Asked of={asked}>
        {({ data }) =>
          data.length === 0 ? (
            <Notice title={words.noTags} text={words.noTagsHelp} />
          ) : (
            <>
              <TextInput
                aria-label={common.search}
                placeholder={common.search}
                leftSection={<Search size={16} aria-hidden />}
                value={part}
                onChange={({ currentTarget }) => setPart(currentTarget.value)}
                maw="20rem"
                mb="sm"
              />
              <Rows label={settings.sections.tags}>
                {data
                  .filter(({ tag }) => plain(tag).includes(plain(part)))
                  .map((tag) => (
                    <Row
                      key={tag.tag}
                      title={tag.tag}
                      href={`/leads?tag=${encodeURIComponent(tag.tag)}`}
                      detail={words.leads(tag.leads)}
                    >
                      {mayChange && <Actions tag={tag} />}
                    </Row>
                  ))}
              </Rows>
            </>
          )
        }
      </Asked>
    </Section>
  )
}

function Actions({ tag: { tag, leads } }: { tag: Tag }) {
  const { settings } = useWords()
  const words = settings.process
  const [asking, ask] = useState<'rename' | 'remove' | null>(null)
  const close = () => ask(null)
  const rename = useChange('PUT /tags', {
    touches: ['leads', 'pipelines'],
    done: close,
    said: ({ leads }, { body }) => ({ text: words.tagRenamed(body.name, leads) }),
    failed: (error) => error.body.errors !== undefined,
  })
  const remove = useChange('DELETE /tags', {
    touches: ['leads', 'pipelines'],
    done: close,
    said: () => ({ text: words.removed(tag) }),
  })
  return (
    <>
      <ActionIcon
        variant="subtle"
        color="gray"
        size={36}
        aria-label={`${settings.rename} ${tag}`}
        onClick={() => ask('rename')}
      >
        <Pencil size={16} aria-hidden />
      </ActionIcon>
      <ActionIcon
        variant="subtle"
        color="gray"
        size={36}
        aria-label={`${settings.remove} ${tag}`}
        onClick={() => ask('remove')}
      >
        <Trash2 size={16} aria-hidden />
      </ActionIcon>
      {asking === 'rename' && (
        <NameDialog
          title={words.renameTag(tag, leads)}
          name={tag}
          isBusy={rename.isPending}
          close={close}
          save={(name, failed) => rename.mutate({ body: { tag, name } }, { onError: failed })}
        />
      )}
      {asking === 'remove' && (
        <Confirm
          title={words.removeTitle(tag)}
          text={words.removeTag(leads)}
          action={settings.remove}
          isBusy={remove.isPending}
          confirm={() => remove.mutate({ body: { tag } })}
          close={close}
        />
      )}
    </>
  )
}
