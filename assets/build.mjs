// Compiles the style sheet and bundles the script into dist/, which collectstatic picks up.
import { copyFile, mkdir, rm, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { build, transform } from 'esbuild'
import * as sass from 'sass'

const here = dirname(fileURLToPath(import.meta.url))
const dist = join(here, 'dist')

await rm(dist, { recursive: true, force: true })
await mkdir(dist, { recursive: true })

const { css } = sass.compile(join(here, 'src', 'site.scss'), {
  loadPaths: [join(here, 'node_modules')],
  quietDeps: true,
  silenceDeprecations: ['import']
})
const { code } = await transform(css, { loader: 'css', minify: true, charset: 'utf8' })
await writeFile(join(dist, 'site.css'), code)

await build({
  entryPoints: [join(here, 'src', 'site.js')],
  bundle: true,
  format: 'esm',
  minify: true,
  target: 'es2020',
  legalComments: 'none',
  logLevel: 'warning',
  outfile: join(dist, 'site.js')
})

await copyFile(join(here, 'src', 'icon.svg'), join(dist, 'icon.svg'))
