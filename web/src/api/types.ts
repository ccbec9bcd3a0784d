import type { paths } from './schema';

type Json<T> = T extends { content: { 'application/json': infer Body } } ? Body : never;
type Ok<Operation> = Operation extends { responses: infer Responses }
    ? Json<Responses[keyof Responses & (200 | 201 | 202)]> : never;

/** What a GET of that path answers. */
export type Answer<Path extends keyof paths> = Ok<paths[Path]['get']>;

export type Account = Answer<'/api/profile'>;
export type Project = Answer<'/api/projects'>[number];
export type ProjectDetail = Answer<'/api/projects/{project}'>;
export type ActivityEvent = ProjectDetail['recent_activity'][number];
export type Team = Answer<'/api/teams/{team}'>;
export type TeamProject = Answer<'/api/teams/{team}/projects'>[number];
export type Server = Answer<'/api/projects/{project}/servers'>[number];
export type ServerDetail = Answer<'/api/projects/{project}/servers/{server}'>;
export type Refreshed = Ok<paths['/api/projects/{project}/servers/{server}/refresh-status']['post']>;
export type Tool = Answer<'/api/projects/{project}/servers/{server}/tools'>[number];
export type ProjectTool = Answer<'/api/projects/{project}/tools'>[number];
export type Favourite = Answer<'/api/projects/{project}/favorites'>[number];
export type Call = Answer<'/api/tool-call-logs/{call}'>;
export type CallPage = Answer<'/api/tool-call-logs'>;
export type Metrics = Answer<'/api/tool-call-logs/metrics'>;
export type MetricSeries = Answer<'/api/tool-call-logs/metrics/series'>;
export type MetricGroup = Answer<'/api/tool-call-logs/metrics/groups'>['groups'][number];
export type ApiKey = Answer<'/api/projects/{project}/api-keys'>[number];
export type ClientSession = Answer<'/api/projects/{project}/sessions'>['sessions'][number];
export type ServerLogLine = Answer<'/api/projects/{project}/servers/{server}/logs'>['logs'][number];
export type ServerProcess = Answer<'/api/projects/{project}/servers/{server}/process'>;
export type ImportResult = Ok<paths['/api/projects/{project}/servers/import']['post']>['results'][number];
export type NewServer = NonNullable<
    paths['/api/projects/{project}/servers']['post']['requestBody']
>['content']['application/json'];
