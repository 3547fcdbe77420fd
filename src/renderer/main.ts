import { mount } from 'svelte'
import './app.css'
import Root from './Root.svelte'
import { App } from './state/app.svelte.ts'
import { Connection } from './state/connection.svelte.ts'
import { spoken } from './text/language.svelte.ts'
import { keepPlain } from './text/plain-nodes.ts'
import { connect } from './transport/index.ts'

const followSystem = (): void => void (spoken.preferred = [...navigator.languages])
followSystem()
window.addEventListener('languagechange', followSystem)

keepPlain(document)

const connection = new Connection()
const link = connect((state) => connection.become(state))
connection.retry = link.retry

mount(Root, {
  target: document.getElementById('app')!,
  props: { app: new App(link.transport, connection, link.files) },
})
