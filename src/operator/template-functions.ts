import type { OperatorRelease } from './releases.ts'

/** Functions of text/template itself. */
const GO = 'and call eq ge gt html index js le len lt ne not or print printf println slice urlquery'

/** Functions of sprig 3, which every release has. github.com/Masterminds/sprig:functions.go. */
const SPRIG = `
abbrev abbrevboth add add1 add1f addf adler32sum ago all any append atoi b32dec b32enc b64dec b64enc base bcrypt biggest buildCustomCert
camelcase cat ceil chunk clean coalesce compact concat contains date dateInZone dateModify date_in_zone date_modify decryptAES deepCopy
deepEqual default derivePassword dict dig dir div divf duration durationRound empty encryptAES env expandenv ext fail first float64 floor
fromJson genCA genCAWithKey genPrivateKey genSelfSignedCert genSelfSignedCertWithKey genSignedCert genSignedCertWithKey get getHostByName
has hasKey hasPrefix hasSuffix hello htmlDate htmlDateInZone htpasswd indent initial initials int int64 isAbs join kebabcase keys kindIs
kindOf last list lower max maxf merge mergeOverwrite min minf mod mul mulf mustAppend mustChunk mustCompact mustDateModify mustDeepCopy
mustFirst mustFromJson mustHas mustInitial mustLast mustMerge mustMergeOverwrite mustPrepend mustPush mustRegexFind mustRegexFindAll
mustRegexMatch mustRegexReplaceAll mustRegexReplaceAllLiteral mustRegexSplit mustRest mustReverse mustSlice mustToDate mustToJson
mustToPrettyJson mustToRawJson mustUniq mustWithout must_date_modify nindent nospace now omit osBase osClean osDir osExt osIsAbs pick pluck
plural prepend push quote randAlpha randAlphaNum randAscii randBytes randInt randNumeric randSeededNumeric regexFind regexFindAll regexMatch
regexQuoteMeta regexReplaceAll regexReplaceAllLiteral regexSplit repeat replace rest reverse round semver semverCompare seq set sha1sum
sha256sum shuffle slice snakecase sortAlpha split splitList splitn squote sub subf substr swapcase ternary title toDate toDecimal toJson
toPrettyJson toRawJson toString toStrings trim trimAll trimPrefix trimSuffix trimall trunc tuple typeIs typeIsLike typeOf uniq unixEpoch
unset until untilStep untitle upper urlJoin urlParse uuidv4 values without wrap wrapWith`

/** Functions of KubeBlocks' engine: release-0.5:internal/gotemplate, later pkg/gotemplate. */
const ENGINE = 'call failed fromYaml fromYamlArray import regexStringSubmatch'

/** Functions that look into the component. release-0.5:internal/controller/plan/config_template.go. */
const COMPONENT_05 = `callBufferSizeByResource getArgByName getContainerByName getContainerCPU getContainerMemory getContainerRequestMemory
getEnvByName getPVCByName getPortByName getVolumePathByName`
/** release-0.6, same file; release-0.9:pkg/controller/configuration/builtin_functions.go; release-1.0:pkg/controller/render/builtin_functions.go. */
const COMPONENT_06 = `${COMPONENT_05} getComponentPVCSizeByName getPVCSize`
/** Gone in release-1.0. */
const TLS = 'getCAFile getCertFile getKeyFile'

/**
 * Who renders a template. Before 1.0 there is one engine. From 1.0 on the component's controller renders all but those that are
 * `externalManaged`, which the parameters' controller renders. release-1.0:controllers/apps/component/transformer_component_template.go.
 */
export type TemplateRenderer = 'component' | 'parameters'

/** What templates may use: functions, and objects at the root besides vars. */
export interface TemplateVocabulary {
  readonly functions: ReadonlySet<string>
  readonly objects: ReadonlySet<string>
}

/** Functions that every Go template has. */
export const GO_FUNCTIONS: ReadonlySet<string> = new Set(GO.split(' '))

const words = (text: string): readonly string[] => text.split(/\s+/).filter((word) => word !== '')

function vocabulary(functions: string, objects: string): TemplateVocabulary {
  return { functions: new Set(words(`${GO} ${SPRIG} ${functions}`)), objects: new Set(words(objects)) }
}

const ONLY_VARS = vocabulary('', '')
const OBJECTS_05 = 'cluster component podSpec version componentResource'
const VERSIONS: Readonly<Record<string, TemplateVocabulary>> = {
  '0.5': vocabulary(`${ENGINE} ${COMPONENT_05} ${TLS}`, OBJECTS_05),
  '0.6': vocabulary(`${ENGINE} ${COMPONENT_06} ${TLS}`, `${OBJECTS_05} clusterDomain`),
  '0.7': vocabulary(`${ENGINE} ${COMPONENT_06} ${TLS}`, `${OBJECTS_05} clusterDomain`),
  // release-0.8:pkg/controller/configuration/config_template.go: version went, dynamicCompInfos came.
  '0.8': vocabulary(`${ENGINE} ${COMPONENT_06} ${TLS}`, 'cluster component podSpec componentResource clusterDomain dynamicCompInfos'),
  '0.9': vocabulary(`${ENGINE} ${COMPONENT_06} ${TLS}`, 'cluster component podSpec componentResource clusterDomain dynamicCompInfos'),
  '1.0': vocabulary(`${ENGINE} ${COMPONENT_06}`, 'cluster component podSpec clusterDomain'),
}

/** What a template of a release may use. */
export function templateVocabulary(release: OperatorRelease, renderer: TemplateRenderer): TemplateVocabulary {
  if (release.agent === 'kbagent' && renderer === 'component') return ONLY_VARS
  return VERSIONS[release.version] ?? VERSIONS['1.0'] ?? ONLY_VARS
}

/** All functions that templates have in one release or another. */
export const TEMPLATE_FUNCTIONS: ReadonlySet<string> = new Set(Object.values(VERSIONS).flatMap(({ functions }) => [...functions]))
