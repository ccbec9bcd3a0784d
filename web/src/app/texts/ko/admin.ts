export const admin = {
    admin: {
        title: '관리', system: '시스템', users: '사람', scheduler: '스케줄러', teams: '팀',
        ofThemAdmins_other: '관리자 {{count}}명', online: '온라인 {{count}}개',
        liveSessions: '연결 중 세션', health: '상태', good: '정상', bad: '실패', spool: '스풀 대기량',
        storage: '저장 공간', kind: '종류', keptFor: '보관 기간', size: '크기', oldest: '가장 오래된 것',
        searchUsers: '사람 검색', newUser: '새 계정', noUser: '“{{search}}”에 맞는 사람이 없습니다', lastSignIn: '마지막 로그인',
        active: '사용', notChanged: '{{name}} 계정을 바꾸지 못했습니다', isAdmin: '{{name}}은(는) 관리자',
        isActive: '{{name}} 계정 사용', created: '{{name}} 계정을 만들었습니다.',
        schedulerHint: '사용 중인 모든 서버를 주기적으로 확인합니다', checking: '확인 중…', running: '실행 중', stopped: '멈춤',
        lastRun: '마지막 실행', nextRun: '다음 실행', skipped: '건너뛴 실행', stop: '멈춤', start: '시작', runNow: '지금 실행',
        interval: '확인 주기', workers: '동시에 확인할 서버', history: '실행 기록', noRuns: '아직 실행하지 않았습니다.', trigger: '시작 계기',
        result: '결과', checked: '확인', failures: '실패',
    },
};
