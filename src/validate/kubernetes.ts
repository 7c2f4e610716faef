/** What stands in a descriptor for fields that people know from Kubernetes. */
const FIELDS: Readonly<Record<string, string>> = {
  tcpSocket: 'write tcp: {port: NAME}, with the name of a port',
  httpGet: 'write http: {path: /, port: NAME}, with the name of a port',
  livenessProbe: 'write liveness',
  readinessProbe: 'write readiness',
  startupProbe: 'write startup',
  failureThreshold: 'write failures',
  successThreshold: 'write successes',
  valueFrom: 'write {fact: podName} for what the pod knows, {secret: {name: ..., key: ...}} for a Secret, {knob: NAME} for a value of the chart',
  fieldRef: 'write a fact, such as {fact: podName}',
  secretKeyRef: 'write secret: {name: ..., key: ...}',
  configMapKeyRef: 'write the text itself, or {knob: NAME} for a value of the chart',
  value: 'write the text itself: NAME: text',
  envFrom: 'write each variable in env',
  resources: 'leave it out: users give a cluster its resources; cluster: {resources: {cpu: ..., memory: ...}} of the addon says the usual ones',
  volumeMounts: 'write mounts: {VOLUME: /path}',
  mountPath: 'write path',
  volumeClaimTemplates: 'write volumes: {NAME: {claim: true}} in the component',
  persistentVolumeClaim: 'write claim: true',
  containerPort: 'write the port as NAME: number',
  targetPort: 'write ports: [NAME], with the name of a port of a container',
  clusterIP: 'write headless: true for a service without an address of its own',
  initContainers: 'write init',
  imagePullPolicy: 'leave it out: installers set it as image.pullPolicy',
  affinity: 'write pod: {affinity: ...} in the component',
  nodeSelector: 'write pod: {nodeSelector: ...} in the component',
  tolerations: 'write pod: {tolerations: ...} in the component',
  terminationGracePeriodSeconds: 'write pod: {terminationGracePeriodSeconds: ...} in the component',
  preStop: 'write lifecycle: {memberLeave: {script: NAME}} in the component',
  postStart: 'write lifecycle: {postProvision: {script: NAME}} in the component',
}

/** Fields with seconds, and the fields with durations that stand for them. */
const SECONDS: Readonly<Record<string, string>> = { initialDelaySeconds: 'delay', periodSeconds: 'period', timeoutSeconds: 'timeout' }

/** Lists of Kubernetes that are maps by name here. */
const MAPS: Readonly<Record<string, string>> = {
  env: '{NAME: text}',
  ports: '{client: 1234}',
  mounts: '{VOLUME: /path}',
  containers: '{NAME: {image: ...}}',
  init: '{NAME: {image: ...}}',
  volumes: '{NAME: {claim: true}}',
  services: '{default: {ports: [NAME]}}',
}

/** What to write for an unknown field that Kubernetes has. */
export function kubernetesHint(field: string, value: unknown): string | undefined {
  if (Object.hasOwn(SECONDS, field)) return `write ${SECONDS[field]}: ${typeof value === 'number' ? value : 10}s`
  return Object.hasOwn(FIELDS, field) ? FIELDS[field] : undefined
}

/** The map to write where Kubernetes has a list. */
export function mapHint(field: unknown): string {
  return `write a map: ${typeof field === 'string' && Object.hasOwn(MAPS, field) ? MAPS[field] : '{name: value}'}`
}
