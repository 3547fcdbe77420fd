import { build, whyBuild } from '../../scripts/build.mjs'

/** The app under test is the built one, built once and from the sources that are there: before any worker starts it. */
export default async function builtApp(): Promise<void> {
  const reason = await whyBuild()
  if (reason !== null) await build(reason)
}
