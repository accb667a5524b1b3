import assert from 'node:assert/strict'
import { test } from 'node:test'
import { makeCompany } from '#demo/make.ts'
import { startApp } from '../harness.ts'
import { cookieOf } from '../people.ts'
import { request } from '../request.ts'
import { isAccessible, photograph, settled, startBrowser } from './harness.ts'

const app = await startApp()
const { signInToken } = await makeCompany(app.database.db, { leads: 30 })
const { visit } = await startBrowser(app)
const cookie = cookieOf(
  await request(app.url, 'POST', '/api/v1/session/link', { body: { token: signInToken } }),
)
/** The board is called what its pipeline is called. */
const board = 'Residencial'
const places = [
  ['Funil', '/'],
  ['Leads', '/leads'],
  ['Conversas', '/inbox'],
  ['Tarefas', '/tasks'],
  ['Relatórios', '/reports'],
  ['Configurações', '/settings'],
] as const

test('the navigation leads everywhere, marks where one is, and nobody meets a barrier', () =>
  visit({ cookie }, async (page) => {
    await page.goto('/')
    for (const [name, path] of places) {
      // Behind the name may stand how many are unread or late.
      await page
        .getByRole('navigation')
        .getByRole('link', { name: new RegExp(`^${name}`) })
        .click()
      await page.waitForURL(`${app.url}${path}`)
      await settled(page, path === '/' ? board : name)
      assert.equal(await page.locator(`nav a[href="${path}"][aria-current="page"]:visible`).count(), 1)
      await isAccessible(page, name)
    }
  }))

test('the board comes with less than 250 kB of script', () =>
  visit({ cookie }, async (page) => {
    const scripts: Promise<number>[] = []
    page.on('requestfinished', (request) => {
      if (request.resourceType() === 'script')
        scripts.push(request.sizes().then(({ responseBodySize }) => responseBodySize))
    })
    await page.goto('/', { waitUntil: 'networkidle' })
    await settled(page, board)
    const sizes = await Promise.all(scripts)
    const total = sizes.reduce((sum, each) => sum + each, 0)
    assert.ok(sizes.length > 5 && total > 100_000 && total < 250_000, `${sizes.length} with ${total} bytes`)
  }))

test('Ctrl K finds a lead by a part of the name, and goes to a screen, without the mouse', () =>
  visit({ cookie }, async (page) => {
    const { rows } = await app.database.pool.query<{ id: number; name: string }>(
      'select id, name from leads order by id limit 1',
    )
    const lead = rows[0]!
    await page.goto('/tasks')
    await settled(page, 'Tarefas')
    await page.keyboard.press('Control+k')
    const search = page.locator('input[aria-label="Buscar ou ir para"]:focus')
    await search.waitFor()
    await isAccessible(page, 'palette')
    await page.keyboard.type(lead.name)
    await page.getByRole('button', { name: lead.name }).first().waitFor()
    await photograph(page, 'palette')
    await page.keyboard.press('ArrowDown')
    await page.keyboard.press('Enter')
    await page.waitForURL(/\/leads\/\d+$/)
    await page.getByRole('heading', { level: 1, name: lead.name }).waitFor()

    await page.keyboard.press('Control+k')
    await search.waitFor()
    await page.keyboard.type('relatorios')
    await page.getByRole('button', { name: 'Relatórios' }).waitFor()
    await page.keyboard.press('ArrowDown')
    await page.keyboard.press('Enter')
    await page.getByRole('heading', { level: 1, name: 'Relatórios' }).waitFor()
  }))

test('two letters go to a screen, a question mark shows every shortcut, and typing is left alone', () =>
  visit({ cookie }, async (page) => {
    await page.goto('/')
    await settled(page, board)
    await page.keyboard.type('gt')
    await settled(page, 'Tarefas')
    await page.keyboard.press('?')
    const sheet = page.getByRole('dialog', { name: 'Atalhos de teclado' })
    await sheet.getByText('Ir para Relatórios').waitFor()
    await isAccessible(page, 'shortcuts')
    await page.keyboard.press('Escape')
    await sheet.waitFor({ state: 'hidden' })
    await page.keyboard.press('Control+k')
    await page.getByRole('textbox', { name: 'Buscar ou ir para' }).waitFor()
    // At once, before the search has the focus.
    await page.keyboard.type('gl')
    assert.equal(new URL(page.url()).pathname, '/tasks')
  }))

test('on a phone the screens are under the thumb, and nothing is wider than the window', () =>
  visit({ cookie, isPhone: true }, async (page) => {
    await page.goto('/')
    for (const [title, path] of places) {
      await page.getByRole('navigation').locator(`a[href="${path}"]`).tap()
      await page.waitForURL(`${app.url}${path}`)
      await settled(page, path === '/' ? board : title)
      const width = await page.evaluate<number>('document.documentElement.scrollWidth')
      assert.ok(width <= 390, `${path} is ${width} wide`)
      await isAccessible(page, `${path} on a phone`)
    }
    const tab = (await page.locator('.shell-tab[href="/inbox"]').boundingBox())!
    const count = (await page
      .getByRole('navigation')
      .getByLabel(/não lida/)
      .boundingBox())!
    assert.ok(
      count.y >= tab.y && count.y + count.height <= tab.y + tab.height,
      'the count lies within its tab',
    )
  }))

test('what opens above a screen on a phone is no barrier either', () =>
  visit({ cookie, isPhone: true }, async (page) => {
    for (const [path, title, button] of [
      ['/tasks', 'Tarefas', 'Nova tarefa'],
      ['/leads', 'Leads', 'Filtros'],
    ] as const) {
      await page.goto(path)
      await settled(page, title)
      await page.getByRole('button', { name: button }).tap()
      await page.getByRole('dialog', { name: button }).waitFor()
      await isAccessible(page, button)
    }
  }))

test('every screen has its picture', () =>
  visit({ cookie }, async (page) => {
    for (const [name, path] of places) {
      await page.goto(path)
      await settled(page, path === '/' ? board : name)
      await photograph(page, path === '/' ? 'board' : path.slice(1))
    }
  }))

test('an address that is nobody’s says so, and leads home', () =>
  visit({ cookie }, async (page) => {
    await page.goto('/nowhere')
    await page.getByRole('heading', { level: 1, name: 'Esta página não existe' }).waitFor()
    await page.getByRole('link', { name: 'Ir para o funil' }).click()
    await settled(page, board)
  }))

test('a part that cannot be fetched, as after an upgrade, says so, and is there with the next try', () =>
  visit({ cookie, expects: /Failed to (load|fetch)|importing|Importing/ }, async (page) => {
    await page.goto('/')
    await settled(page, board)
    await page.route('**/assets/list-*.js', (route) => route.abort())
    await page.getByRole('navigation').getByRole('link', { name: 'Tarefas' }).click()
    await page.getByText('Algo deu errado.').waitFor()
    await isAccessible(page, 'not fetched')
    await photograph(page, 'broken')
    await page.unroute('**/assets/list-*.js')
    await page.getByRole('button', { name: 'Tentar de novo' }).click()
    await settled(page, 'Tarefas')
  }))

test('the code of a screen comes while a hand moves towards it', () =>
  visit({ cookie }, async (page) => {
    await page.goto('/')
    await settled(page, board)
    const fetched = page.waitForResponse(/\/assets\/reports-.*\.js/)
    await page.getByRole('navigation').getByRole('link', { name: 'Relatórios' }).hover()
    await fetched
  }))
