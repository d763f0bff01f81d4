"""Words of the market: what goods are called at the end, what they are counted in, what one 근 weighs, what people say
around it all.

근 is no legal unit and differs by what is weighed: 600 g for meat and dried chilli, 400 g for vegetables, fruit and
fish.
"""

from __future__ import annotations

from jangteo.domains.catalog.hangul import tidy

HEAVY_GEUN, GEUN = 600, 400

_MEAT = """
고기 돼지 소 닭 오리 삼겹 삼겹살 오겹살 생삼겹 대패 목살 앞다리 앞다리살 뒷다리 뒷다리살 갈매기살 항정살 가브리살 등심
안심 채끝 양지 사태 우둔 홍두깨 갈비 등갈비 갈빗살 LA갈비 제육 불고기 불고기감 장조림감 국거리 다짐육 대패삼겹
차돌박이 차돌 사골 우족 꼬리 족발 머릿고기 등뼈 곱창 막창 대창 한우 육회 육회거리 닭가슴살 닭다리 닭날개 닭안심 닭발
토종닭 생닭 통닭 삼계탕 오리고기 수육 순대 부속 간 천엽 찌개거리
"""
_CHILLI = "고춧가루 고추가루 건고추 마른고추 말린고추 홍고추가루"
_FISH = """
고등어 갈치 먹갈치 은갈치 조기 참조기 부세조기 굴비 삼치 꽁치 동태 생태 명태 대구 생대구 가자미 참가자미 광어 우럭
도미 참돔 돔 민어 병어 임연수 이면수 아귀 아구 물메기 장어 붕장어 꼼장어 전어 숭어 농어 청어 정어리 양미리 열기 볼락
옥돔 연어 참치 홍어 가오리 서대 박대 준치 풀치 황태 북어 북어채 황태포 코다리 노가리 과메기 자반 멸치 국물멸치 디포리
오징어 물오징어 한치 낙지 산낙지 주꾸미 쭈꾸미 문어 꼴뚜기 해삼 멍게 미더덕 개불 전복 굴 생굴 각굴 바지락 조개 동죽
꼬막 참꼬막 홍합 가리비 홍가리비 소라 참소라 대합 백합 모시조개 재첩 다슬기 조갯살 새우 대하 흰다리새우 새우살 꽃게 게
홍게 대게 돌게 맛살 어묵 오뎅 미역 다시마 김 곱창돌김 김밥김 파래 톳 매생이 젓갈 새우젓 추젓 명란 명란젓 오징어젓
낙지젓 쥐포 뱅어포 진미채 회 생선 알 고니
"""
_VEGETABLE = """
배추 알배추 얼갈이 얼갈이배추 절임배추 무 열무 총각무 알타리 시금치 상추 청상추 깻잎 부추 대파 쪽파 실파 파 양파 마늘
깐마늘 생강 감자 고구마 밤고구마 꿀고구마 당근 오이 다다기오이 백오이 가지 호박 애호박 단호박 늙은호박 고추 풋고추
청양고추 꽈리고추 아삭이고추 홍고추 피망 파프리카 토마토 방울토마토 대추토마토 브로콜리 양배추 적양배추 양상추 쑥갓
미나리 콩나물 나물콩 숙주 숙주나물 고사리 도라지 더덕 우엉 연근 토란 토란대 마 냉이 달래 쑥 씀바귀 돌나물 취나물
참나물 세발나물 방풍 방풍나물 두릅 머위 곤드레 시래기 우거지 고구마순 나물 버섯 표고 생표고 느타리 느타리버섯 새송이
새송이버섯 팽이 팽이버섯 양송이 양송이버섯 만가닥버섯 목이버섯 능이 송이 근대 아욱 갓 비트 콜라비 셀러리 케일 치커리
무순 새싹 옥수수 원추리 완두콩 강낭콩 콩 쌈 쌈채소 채소
"""
_FRUIT = """
사과 부사 홍로 아오리 배 신고배 귤 노지귤 감귤 하우스귤 한라봉 천혜향 레드향 황금향 감 단감 대봉 대봉감 홍시 연시 곶감
포도 캠벨포도 거봉 샤인머스캣 복숭아 백도 황도 천도복숭아 자두 살구 앵두 매실 체리 딸기 설향딸기 수박 참외 멜론
머스크멜론 바나나 오렌지 레몬 자몽 망고 애플망고 파인애플 키위 참다래 블루베리 무화과 석류 유자 대추 밤 깐밤 호두 잣
은행 땅콩 과일
"""
_OTHER = """
두부 손두부 순두부 연두부 모두부 부침두부 비지 콩비지 유부 도토리묵 메밀묵 청포묵 묵 두유 콩국물 쌀 햅쌀 찹쌀 현미
잡곡 보리 찰보리 좁쌀 차조 기장 수수 찰수수 조 팥 녹두 서리태 검은콩 흰콩 백태 메주콩 콩가루 깨 참깨 들깨 들깻가루
참기름 들기름 고추장 된장 간장 쌈장 청국장 메주 엿기름 미숫가루 소금 천일염 설탕 식초 액젓 멸치액젓 까나리액젓 김치
포기김치 배추김치 백김치 총각김치 파김치 열무김치 물김치 깍두기 동치미 겉절이 묵은지 장아찌 반찬 조림 장조림 볶음
멸치볶음 무침 잡채 콩자반 계란말이 달걀말이 계란 달걀 유정란 구운란 메추리알 전 부침개 빈대떡 동그랑땡 파전 김치전
꼬치전 떡 가래떡 떡국떡 인절미 송편 절편 시루떡 백설기 꿀떡 경단 약식 약과 찹쌀떡 쑥떡 개떡 떡볶이 만두 왕만두
고기만두 김치만두 새우만두 굴만두 찐빵 호빵 빵 식빵 도넛 찹쌀도넛 꽈배기 호떡 붕어빵 국화빵 고로케 크로켓 핫도그 튀김
김밥 어묵꼬치 꼬치 닭강정 강정 한과 엿 과자 식혜 수정과 커피 주스 사이다 콜라 막걸리 칼국수 국수 냉면 쫄면 당면 수제비
육개장 곰탕 순댓국 국 찌개 탕 죽 호박죽 팥죽 구이 고등어구이 떡갈비 돈가스 우유 치즈 꽃 꽃다발 장미 튤립 국화 소국
해바라기 화분 모종 선인장 수세미 빗자루 소쿠리 바가지 냄비 칼 양말 수면양말 장갑 고무장갑 슬리퍼 이불 베개 수건 타월
바지 일바지 셔츠 티셔츠 모자 우산 비누 양초 건전지 인삼 수삼 홍삼 꿀 로열젤리 쑥차 녹차 대추차 황기 오미자 구기자 감초
영양떡 모시송편 두릅전
"""


def _words(text: str) -> frozenset[str]:
    return frozenset(tidy(text).split())


HEAVY = _words(_MEAT) | _words(_CHILLI)
FRESH = _words(_FISH) | _words(_VEGETABLE) | _words(_FRUIT)
GOODS = HEAVY | FRESH | _words(_OTHER)
_LONGEST = max(map(len, GOODS))


def goods_word(name: str) -> str:
    """The longest goods' word that the name ends with, "" for none. One syllable counts as a word of its own only."""
    last = tidy(name).split(" ")[-1]
    ends = (last[-size:] for size in range(min(_LONGEST, len(last)), 0, -1))
    return next((end for end in ends if end in GOODS and (len(end) > 1 or end == last)), "")


def geun_grams(name: str) -> int | None:
    """What one 근 of it weighs; None where nobody here knows the goods."""
    word = goods_word(name)
    if word in HEAVY:
        return HEAVY_GEUN
    return GEUN if word in FRESH else None


COUNTERS = _words(
    "마리 손 두름 쾌 축 톳 단 다발 묶음 봉지 봉다리 봉 바구니 소쿠리 광주리 대야 근 모 판 병 개 알 송이 포기 통 "
    "자루 포대 포 상자 박스 궤짝 망 접 줌 팩 접시 장 줄 덩이 덩어리 토막 조각 쪽 뿌리 대 켤레 벌 그릇 컵 잔 캔 갑 "
    "곽 세트 꼬치 인분 구 되 말 관 가마 짝 채 필 권 자 코 차 도시락"
)
SAME_COUNTER = {"봉다리": "봉지", "봉": "봉지", "박스": "상자", "덩어리": "덩이"}
WEIGHTS = {"킬로그램": 1_000, "킬로": 1_000, "키로": 1_000, "kg": 1_000, "그램": 1, "그람": 1, "g": 1}

# Places that sound like a number and stand before goods: 이천 쌀, 사천 멸치.
PLACES = frozenset({"이천", "사천", "오산"})
_COUNTRIES = """
국 국내 중국 미국 호주 러시아 노르웨이 칠레 베트남 태국 일본 대만 페루 스페인 프랑스 독일 덴마크 캐나다 뉴질랜드
필리핀 인도 인도네시아 이탈리아 브라질 멕시코 원양 수입
"""
ORIGINS = frozenset(f"{country}산" for country in _COUNTRIES.split()) - {"수입산"}
HOME = frozenset({"국산", "국내산"})

FILLERS = _words(
    "어 음 아 에 저 저기 저기요 그 그거 그러니까 자 이제 인제 오늘 오늘은 지금 지금은 여기 우리 막 좀 있잖아 요 "
    "그냥 뭐 뭐냐 예 네네 여보세요 수입산"
)
# Said with a price they can mean so much less as well as down to it.
CHEAPER = _words("싸게 세일 할인 특가 떨이 에누리 더 덜")
# As it is heard or written down by ear.
SLIPS = {
    "마넌": "만원", "만언": "만원", "처넌": "천원", "천언": "천원", "배권": "백원", "백권": "백원",
    "고등애": "고등어", "시굼치": "시금치", "삽겹살": "삼겹살", "삼겹쌀": "삼겹살", "두부우": "두부",
}  # fmt: skip
