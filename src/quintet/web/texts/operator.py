"""Sentences of the operator's page, in English and Korean. Names that come from the API stay as they are."""

from __future__ import annotations

from dataclasses import dataclass

from quintet.web.state import Language


@dataclass(frozen=True)
class OperatorTexts:
    """The operator's page in one language; `{…}` is filled in where the sentence is used."""

    link: str
    title: str
    lead: str
    back: str
    model: str
    version: str
    age: str
    songs: str
    data: str
    quality: str
    quality_lead: str
    metrics: dict[str, str]
    no_metrics: str
    metric_columns: tuple[str, str, str]
    catalogue: str
    catalogue_lead: str
    crawl: str
    crawl_of: str
    no_crawl: str
    counts: str
    sources: str
    drift: str
    drift_lead: str
    drift_words: tuple[str, str, str]
    rejected: str
    left: str
    nothing: str
    ratings: str
    ratings_lead: str
    no_ratings: str
    rating_columns: tuple[str, str, str, str, str, str]
    comparison: str
    comparison_lead: str
    comparison_columns: tuple[str, str, str, str]
    measures: dict[str, str]
    too_few: str
    winner: str
    no_winner: str
    services: str
    open: str
    stale: str


EN = OperatorTexts(
    link="About this model",
    title="Behind the list",
    lead="The model that answers, what it knows, and what listeners think of it.",
    back="Back to the songs",
    model="The model",
    version="version",
    age="trained",
    songs="songs",
    data="training data",
    quality="How well it does",
    quality_lead="Measured on lists held out from training: how much of each it finds again, 0 to 1.",
    metrics={
        "ndcg_at_10": "nDCG@10",
        "ndcg_at_100": "nDCG@100",
        "r_precision": "R-precision",
        "recall_at_100": "recall@100",
        "hit_rate_at_10": "hit rate@10",
        "catalogue_coverage": "share of the catalogue that is recommended",
        "times_plain_ndcg_at_10": "nDCG@10, times the plain model's",
    },
    no_metrics="This version was not measured.",
    metric_columns=("Measure", "Value", "95 % interval"),
    catalogue="The catalogue",
    catalogue_lead="Songs by the source of their audio features.",
    crawl="The last crawl",
    crawl_of="The morning of {date}.",
    no_crawl="There has been no crawl yet.",
    counts="What it did",
    sources="Where it came from",
    drift="Drift of the sound",
    drift_lead="Population stability index against the day before: above 0.1 shifted, above 0.25 changed.",
    drift_words=("steady", "shifted", "changed"),
    rejected="Refused rows",
    left="Left for the next morning",
    nothing="nothing",
    ratings="Ratings",
    ratings_lead="What listeners gave the songs of each version, 1 to 5, with a 95 % interval.",
    no_ratings="Nobody has rated a song yet.",
    rating_columns=("Version", "Mean", "95 % interval", "Ratings", "Known already", "Bad"),
    comparison="Two models online",
    comparison_lead="Version {champion} is served, version {challenger} has a part of the lists.",
    comparison_columns=("Measure", "Version {champion}", "Version {challenger}", "Difference"),
    measures={"rating": "mean rating", "picks": "share of songs picked"},
    too_few="too few so far",
    winner="Surely ahead: version {version}.",
    no_winner="Neither is surely ahead yet.",
    services="Other services",
    open="Open {name}",
    stale="The database does not answer: what stands here is what it last said.",
)

KO = OperatorTexts(
    link="이 모델에 대하여",
    title="목록 뒤의 이야기",
    lead="지금 답하는 모델과 모델이 아는 것, 듣는 사람들의 평가예요.",
    back="노래로 돌아가기",
    model="모델",
    version="버전",
    age="학습",
    songs="곡 수",
    data="학습 데이터",
    quality="얼마나 잘하는지",
    quality_lead="학습에서 떼어 둔 목록으로 쟀어요. 각 목록을 얼마나 되찾는지, 0에서 1까지예요.",
    metrics={
        "ndcg_at_10": "nDCG@10 (상위 10곡의 순위)",
        "ndcg_at_100": "nDCG@100 (상위 100곡의 순위)",
        "r_precision": "R-정밀도",
        "recall_at_100": "재현율@100",
        "hit_rate_at_10": "적중률@10",
        "catalogue_coverage": "추천되는 카탈로그의 비율",
        "times_plain_ndcg_at_10": "nDCG@10, 기본 모델의 몇 배",
    },
    no_metrics="이 버전은 아직 재지 않았어요.",
    metric_columns=("지표", "값", "95% 구간"),
    catalogue="카탈로그",
    catalogue_lead="소리 특징의 출처별 곡 수예요.",
    crawl="마지막 수집",
    crawl_of="{date} 아침의 수집이에요.",
    no_crawl="아직 수집한 적이 없어요.",
    counts="한 일",
    sources="출처",
    drift="소리의 변화",
    drift_lead="전날과 견준 모집단 안정성 지수예요. 0.1을 넘으면 움직임, 0.25를 넘으면 다른 카탈로그예요.",
    drift_words=("그대로", "움직임", "달라짐"),
    rejected="거부한 행",
    left="다음 아침으로 미룬 것",
    nothing="없음",
    ratings="평가",
    ratings_lead="버전마다 듣는 사람들이 준 점수예요. 1점에서 5점까지, 95% 구간과 함께예요.",
    no_ratings="아직 평가가 없어요.",
    rating_columns=("버전", "평균", "95% 구간", "평가 수", "이미 아는 곡", "나쁜 추천"),
    comparison="함께 도는 두 모델",
    comparison_lead="버전 {champion}이(가) 서비스 중이고, 버전 {challenger}이(가) 목록 일부를 맡아요.",
    comparison_columns=("지표", "버전 {champion}", "버전 {challenger}", "차이"),
    measures={"rating": "평균 점수", "picks": "고른 곡의 비율"},
    too_few="아직 너무 적음",
    winner="확실히 앞선 쪽: 버전 {version}.",
    no_winner="아직 어느 쪽도 확실히 앞서지 않아요.",
    services="다른 서비스",
    open="{name} 열기",
    stale="데이터베이스가 답하지 않아서, 마지막으로 들은 내용을 보여 드려요.",
)

OPERATOR_TEXTS: dict[Language, OperatorTexts] = {"en": EN, "ko": KO}
