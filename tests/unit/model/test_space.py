"""Where tracks are placed: genres as scikit-learn weights them, audio without traps."""

from __future__ import annotations

import numpy as np
import pytest
from sklearn.feature_extraction.text import TfidfVectorizer
from tests.unit.model.conftest import CALM, dataset, track

from quintet.data.dataset import Dataset
from quintet.data.schema import FEATURE_NAMES
from quintet.errors import TrainingError
from quintet.model import features
from quintet.model.audio import AudioScale, harmony
from quintet.model.config import ModelConfig
from quintet.model.fitted import FittedModel
from quintet.model.genres import genre_set, genre_terms

C_MAJOR, G_MAJOR, F_SHARP_MAJOR, A_MINOR = (0, 1), (7, 1), (6, 1), (9, 0)


@pytest.fixture(scope="module")
def fitted(small_dataset: Dataset) -> FittedModel:
    return features.fit(small_dataset)


def place(key: int, mode: int) -> np.ndarray:
    row = np.full((1, len(FEATURE_NAMES)), np.nan)
    row[0, FEATURE_NAMES.index("key")], row[0, FEATURE_NAMES.index("mode")] = key, mode
    return harmony(row)[0, 1:]


def test_keys_lie_on_the_circle_of_fifths() -> None:
    near, far = (np.linalg.norm(place(*C_MAJOR) - place(*key)) for key in (G_MAJOR, F_SHARP_MAJOR))
    assert near < far == pytest.approx(1.0)  # opposite: the diameter


def test_a_minor_key_stands_beside_its_relative_major() -> None:
    assert place(*A_MINOR) == pytest.approx(place(*C_MAJOR))


def test_no_key_found_is_missing_not_b() -> None:
    assert np.isnan(place(-1, 1)).all()


def test_doubling_a_tempo_is_one_step_wherever_it_starts() -> None:
    scale = AudioScale((0.0,) * 9, (5.0,) * 9)
    row = np.full((4, 12), np.nan, dtype=np.float32)
    row[:, FEATURE_NAMES.index("tempo")] = [40, 80, 160, 320]
    tempi = scale.scale(row)[:, 8]
    assert np.diff(tempi)[:2] == pytest.approx([0.2, 0.2])


def test_a_missing_feature_speaks_neither_for_nor_against() -> None:
    scale = AudioScale((0.5,) * 9, (0.2,) * 9)
    assert not scale.scale(np.full((1, 12), np.nan)).any()


def test_every_track_is_placed_at_unit_length_or_nowhere(fitted: FittedModel) -> None:
    assert np.linalg.norm(fitted.audio.unit_vectors, axis=1) == pytest.approx(1, abs=1e-6)
    norms = np.linalg.norm(fitted.genres.vectors.matrix.toarray(), axis=1)
    assert norms[0] == 0
    assert norms[1:] == pytest.approx(1, abs=1e-6)


def test_duration_and_popularity_do_not_move_a_track(small_dataset: Dataset, fitted: FittedModel) -> None:
    changed = small_dataset.tracks.assign(duration_ms=10_000_000, popularity=0)
    other = features.fit(Dataset(changed, "f"))
    assert np.array_equal(other.audio.unit_vectors, fitted.audio.unit_vectors)


def test_genres_are_whole_names_and_their_words() -> None:
    assert genre_terms(genre_set([" Dance  Pop", "pop", "pop"])) == [
        "dance pop",
        "dance",
        "pop",
        "pop",
        "pop",
    ]


def test_a_new_genre_set_is_placed_as_scikit_learn_places_it(fitted: FittedModel) -> None:
    sets = sorted({genre_set(fitted.tracks.genres_of(row)) for row in range(len(fitted.tracks))} - {()})
    vectorizer = TfidfVectorizer(analyzer=genre_terms, sublinear_tf=True, dtype=np.float32).fit(sets)
    new = ("dance pop", "folk", "unheard of")
    assert fitted.genres.vector(new) == pytest.approx(
        vectorizer.transform([genre_set(new)]).toarray()[0], abs=1e-6
    )


def test_a_known_track_is_placed_anew_where_it_was(fitted: FittedModel) -> None:
    for row in range(len(fitted.tracks)):
        stored = fitted.genres.vectors.matrix[int(fitted.genres.set_of_row[row])].toarray()[0]
        assert fitted.genres.vector(fitted.tracks.genres_of(row)) == pytest.approx(stored, abs=1e-6)
        sound = fitted.audio.scale.scale(fitted.tracks.features[[row]])[0]
        assert sound == pytest.approx(fitted.audio.unit_vectors[row] * fitted.audio.lengths[row], abs=1e-6)


def test_a_catalogue_without_any_genre_or_with_one_track_can_be_fitted() -> None:
    fitted = features.fit(dataset([track("a", "Alone", "One", [], CALM)]))
    assert fitted.genres.vectors.matrix.shape == (1, 0)


def test_a_feature_nobody_has_does_no_harm() -> None:
    rows = [track(str(i), "T", "A", [], {"energy": i / 10}) for i in range(5)]
    assert np.isfinite(features.fit(dataset(rows)).audio.unit_vectors).all()


def test_a_data_set_no_model_can_be_fitted_to_is_refused(small_dataset: Dataset) -> None:
    tracks = small_dataset.tracks
    with pytest.raises(TrainingError, match="empty"):
        features.fit(Dataset(tracks.head(0), "f"))
    with pytest.raises(TrainingError, match="tempo"):
        features.fit(Dataset(tracks.drop(columns="tempo"), "f"))
    with pytest.raises(TrainingError, match="repeats"):
        features.fit(Dataset(tracks.iloc[[0, 0]], "f"))


@pytest.mark.parametrize(
    "bad", [{"genre_weight": -1}, {"genre_weight": 0, "audio_weight": 0}, {"metric": "Manhattan"}]
)
def test_weights_and_metrics_are_checked(bad: dict[str, object]) -> None:
    with pytest.raises(TrainingError):
        ModelConfig(**bad)  # type: ignore[arg-type]
