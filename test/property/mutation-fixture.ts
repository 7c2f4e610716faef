/** A good descriptor that uses every field of the schema. */
export const RICH: string = `apiVersion: addonsmith.dev/v1
name: rich
version: 0.1.0
engine: rich
description: An engine with everything.
category: vector
provider: community
license: Apache-2.0
home: https://example.org
icon: https://example.org/icon.svg
sources: [https://example.org/source]
keywords: [rich, engine]
maintainers:
  - {name: Somebody, email: somebody@example.org, url: https://example.org/somebody}
values:
  logLevel: {type: string, enum: [info, debug], default: info, description: Log level.}
  threads: {type: integer, minimum: 1, maximum: 64, default: 4, description: Threads.}
  secretName: {type: string, default: "", pattern: "^[a-z-]*$", description: Name of a Secret.}
images:
  rich: example/rich
  tools: {repository: example/tools, registry: quay.io, tag: 1.2.3}
versions:
  - version: 2.0.0
    default: true
    upgradeFrom: [1.9.0]
    images: {rich: 2.0.0}
  - version: 1.9.0
    images: {rich: 1.9.0}
components:
  rich:
    description: The engine itself.
    workload: stateful
    replicas: {default: 1, recommended: [3, 5]}
    services:
      default: {ports: [client]}
    accounts:
      root: {initial: true, purpose: admin, password: {length: 16, digits: 4, symbols: 0}}
    volumes:
      data: {claim: true, size: 1Gi, content: data}
      tmp: {emptyDir: {sizeLimit: 1Gi}}
    configs:
      rich-config:
        files:
          rich.yaml: {path: config/rich.yaml, format: yaml, parameters: config/parameters.yaml}
          extra.conf: config/extra.conf
        template: false
    scripts: {files: [scripts/*.sh], volume: scripts}
    init:
      prepare:
        image: tools
        command: [/bin/sh, -c]
        args: [cp /bin/tool /tmp/tool]
        mounts: {tmp: /tmp}
    containers:
      rich:
        image: rich
        command: [/scripts/start.sh]
        args: [--verbose]
        ports: {client: 1234, metrics: 9100}
        mounts:
          data: {path: /data, subPath: inner, readOnly: false}
          rich-config: /config
          scripts: /scripts
          tmp: /tmp
        env:
          PLAIN: text
          LOG_LEVEL: {knob: logLevel}
          THREADS: {knob: threads}
          POD_NAME: {fact: podName}
          REPLICAS: {fact: replicas, live: true}
          USER: {account: root, field: username}
          KEY_REF:
            secret: {name: {knob: secretName}, key: key}
            optional: true
        liveness: {http: {path: /health, port: client, scheme: HTTP}, delay: 5s, period: 10s, timeout: 2s, failures: 3, successes: 1}
        readiness: {script: ready.sh}
        startup: {tcp: {port: client}}
        securityContext: {runAsUser: 0}
      sidecar:
        image: tools
        liveness: {exec: [/bin/true]}
    lifecycle:
      container: rich
      memberLeave: {script: leave.sh, timeout: 50s, drain: 30m}
    metrics: {container: rich, port: metrics, path: /metrics}
    pod: {enableServiceLinks: true}
backup:
  component: rich
  target: {pods: all}
  methods:
    dump:
      type: full
      image: tools
      volume: data
      env: {MODE: fast}
      backup: {script: backup/backup.sh}
      restore: {script: [backup/restore.sh], phase: ready}
  schedules:
    dump: {cron: "0 18 * * 0", enabled: false, keep: 7d}
dashboards: dashboards/*.json
guide: guide.md
cluster:
  resources: {cpu: "1", memory: 1Gi}
`

/** The files beside it. */
export const FILES: Readonly<Record<string, string>> = {
  'config/rich.yaml': 'cache: 64\n',
  'config/extra.conf': 'a = 1\n',
  'config/parameters.yaml':
    'cache: {type: integer, minimum: 1, maximum: 1024, default: 64, unit: MiB, change: static, description: Size of the cache.}\n',
  'scripts/start.sh': '#!/bin/sh\nexec rich\n',
  'scripts/ready.sh': '#!/bin/sh\nrich ping\n',
  'scripts/leave.sh': '#!/bin/sh\nrich leave\n',
  'backup/backup.sh': 'backup_put dump rich dump\n',
  'backup/restore.sh': 'backup_get dump rich load\n',
  'dashboards/overview.json': '{"title": "Rich"}\n',
  'guide.md': '## Before you start\n',
}
