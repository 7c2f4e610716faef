import { expect, test } from 'vitest'
import { repositoryProblem } from '../../../src/validate/index.ts'

test.each([
  'https://charts.example.com',
  'https://charts.example.com/',
  'http://10.0.0.7:8080/a/b-c_d/~e',
  'https://example.com/api/v4/projects/150246/packages/helm/stable/charts',
  'oci://registry.example.com:5000/my-org/addons',
  'oci://registry.example.com/a__b/c.d/e--f',
])('%s is a repository', (url) => expect(repositoryProblem(url)).toBeUndefined())

test.each([
  ['file:///charts', 'chartsImage'],
  ['file:charts', 'chartsImage'],
  ['', 'not a URL'],
  ['charts.example.com/addons', 'not a URL'],
  ['./dist/packages', 'not a URL'],
  ['s3://bucket/addons', 'the scheme s3'],
  ['https://charts.example.com/a?token=x', 'a query'],
  ['https://charts.example.com/a#b', 'a query'],
  ['https://charts.example.com/1.0/qdrant-0.1.0.tgz', 'a package'],
  ['https:///addons', 'not the URL of a folder'],
  ['https://charts.example.com//addons', 'not the URL of a folder'],
  ['https://charts.example.com/$(X)', 'not the URL of a folder'],
  ['https://charts.example.com/a b', 'not the URL of a folder'],
  ['https://charts.example.com/a\nb', 'not the URL of a folder'],
  ['oci://registry.example.com/Addons', 'no registry takes'],
  ['oci://registry.example.com/a..b', 'no registry takes'],
] as const)('%j is none', (url, says) => {
  const problem = repositoryProblem(url)
  expect(problem?.message).toContain(says)
  expect(problem?.message).not.toContain('\n')
  expect(problem?.hint).toMatch(/^[a-z]/)
})

test.each(['https://me:hunter2@charts.example.com/addons', 'me:hunter2@charts.example.com', 'ftp://me:hunter2@charts.example.com?x'])(
  'a password is not repeated: %s',
  (url) => {
    const problem = repositoryProblem(url)
    expect(problem?.message).toContain('user or password')
    expect(JSON.stringify(problem)).not.toContain('hunter2')
  },
)
