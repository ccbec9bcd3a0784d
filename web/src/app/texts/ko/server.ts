export const server = {
    server: {
        failed: '서버를 불러오지 못했습니다', tools: '도구', definition: '정의', process: '프로세스', log: '로그',
        enabled: '사용', restart: '다시 시작', restarted: '{{name}}을(를) 다시 시작했습니다.', lastError: '마지막 시도에서 실패했습니다',
        switchFailed: '도구를 전환하지 못했습니다', toolsFailed: '도구를 불러오지 못했습니다', noTools: '알려진 도구가 없습니다',
        noToolsHint: '서버를 새로 고쳐 어떤 도구가 있는지 확인하세요.', searchTools: '도구 검색',
        offered: '{{total}}개 중 {{enabled}}개를 클라이언트에 제공', allOn: '모두 켜기', allOff: '모두 끄기',
        noToolMatches: '“{{search}}”에 맞는 도구가 없습니다', try: '실행해 보기', tryNamed: '실행해 보기: {{name}}', offerNamed: '{{name}} 제공',
        hint: { readOnly: '읽기 전용', destructive: '파괴 가능' }, toolOff: '꺼진 도구입니다. 클라이언트는 보거나 호출할 수 없습니다.',
        inLog: '로그에서 보기', argumentsAs: '인수 입력 방식', form: '양식', noArguments: '이 도구는 인수를 받지 않습니다.',
        access: '접근', withKey: '키 필요', withoutKey: '키 없이', lastConnected: '마지막 연결',
        processFailed: '프로세스를 불러오지 못했습니다', says: '서버 이름 {{name}} {{version}}, MCP {{protocol}} 사용.',
        timeline: '시작과 종료', noTimeline: '아직 시작하지 않았습니다. 다음 호출이나 새로 고침 때 시작합니다.',
        uptime: '가동 시간', memory: '메모리', starts: '시작 횟수', restarts: '재시작', lastExit: '마지막 종료',
        searchLog: '로그 검색', level: { debug: '디버그', info: '정보', warning: '경고', error: '오류' },
        logFailed: '로그를 불러오지 못했습니다', logLive: '실시간: 새 줄이 위에 나타납니다.', noLog: '기록이 없습니다',
        noLogHint: '시작, 새로 고침 결과, 서버가 stderr에 쓰는 내용이 여기에 나타납니다.', older: '이전 줄',
    },
};
