export const shell = {
    action: {
        retry: '다시 시도', close: '닫기', cancel: '취소', save: '저장', copied: '복사됨', copy: '복사',
        delete: '삭제', edit: '편집', remove: '제거', more: '더 보기', refresh: '새로 고침',
        done: '완료', download: '다운로드',
    },
    failure: { title: '처리하지 못했습니다', unreachable: '서버에 연결할 수 없습니다' },
    form: {
        needed: '필수 항목입니다.', email: '이메일 주소를 입력하세요.', emailLabel: '이메일', password: '비밀번호',
        passwordAgain: '비밀번호 확인', passwordShort: '8자 이상 입력하세요.',
        passwordsDiffer: '두 비밀번호가 다릅니다.', between: '{{least}}부터 {{most}}까지의 숫자.', name: '이름', description: '설명',
    },
    shell: {
        palette: '이동…', paletteHint: '페이지, 프로젝트, 팀, 서버', nothingFound: '찾지 못했습니다', pages: '페이지',
        skip: '본문으로 건너뛰기', loading: '불러오는 중', language: '언어', toLight: '밝은 색으로 전환',
        toDark: '어두운 색으로 전환', account: '{{name}} 계정', profile: '프로필', signOut: '로그아웃',
        signOutFailed: '로그아웃하지 못했습니다', favouriteNamed: '즐겨찾기: {{name}}',
        makeFavourite: '즐겨찾기에 추가', noFavourite: '즐겨찾기에서 제거', favouriteFailed: '즐겨찾기를 변경하지 못했습니다',
        favourite: '즐겨찾기', switchProject: '프로젝트 {{name}}, 전환', areas: '영역',
    },
    signIn: {
        title: 'mcp-orch 로그인', detail: 'MCP 서버를 실행하고 지켜보고 이해하세요.', submit: '로그인',
        failed: '로그인하지 못했습니다', toSignUp: '계정 만들기', noAccountYet: '아직 계정이 없습니다',
        whereSetUp: '첫 계정은 설정 링크로 만듭니다. mcp-orch가 시작할 때 출력합니다. 출력이나 로그에서 찾으세요:',
    },
    signUp: {
        title: '계정 만들기', detail: '초대받은 프로젝트와 팀에 이 계정으로 참여합니다.', submit: '계정 만들기',
        failed: '계정을 만들지 못했습니다', toSignIn: '로그인',
        closed: '여기서는 관리자가 계정을 만듭니다', closedHint: '관리자에게 계정을 요청하세요.',
    },
    setUp: {
        title: '첫 계정 만들기', detail: '이 계정은 관리자가 됩니다.', token: '설정 토큰',
        tokenHint: 'mcp-orch가 시작할 때 기록하는 링크에 들어 있습니다.', submit: '계정 만들기',
        failed: '계정을 만들지 못했습니다', once: '계정이 하나도 없을 때 한 번만 쓸 수 있습니다.',
    },
    notFound: {
        title: '여기에는 아무것도 없습니다', back: '프로젝트로 돌아가기',
        detail: '주소가 잘못되었거나 접근 권한이 없을 수 있습니다.',
    },
    profile: {
        account: '계정', saved: '이름을 저장했습니다.', current: '현재 비밀번호', new: '새 비밀번호',
        change: '비밀번호 변경', passwordChanged: '비밀번호를 변경했습니다.',
    },
    role: { owner: '소유자', developer: '개발자', reporter: '리포터', administrator: '관리자' },
    projects: {
        title: '프로젝트', search: '프로젝트 검색', new: '새 프로젝트', all: '모든 프로젝트',
        failed: '프로젝트를 불러오지 못했습니다', none: '아직 프로젝트가 없습니다',
        noneHint: '프로젝트에는 MCP 서버, 사용하는 사람, 클라이언트용 키가 들어 있습니다.',
        noMatch: '“{{search}}”에 맞는 프로젝트가 없습니다', noDescription: '설명 없음',
        servers_other: '서버 {{count}}개', members_other: '멤버 {{count}}명',
        displayName: '이름', name: '주소에 쓰이는 이름', nameHint: '클라이언트 URL에 들어갑니다.',
        nameRule: '영문 소문자, 숫자, 하이픈, 최대 63자.', create: '프로젝트 만들기',
        createFailed: '프로젝트를 만들지 못했습니다',
    },
};
