"""Settings that docker-compose.yml reads, and no process of ours."""

from __future__ import annotations

from pydantic import Field, SecretStr

from quintet.settings.reading import EnvironmentSettings


class ContainerSettings(EnvironmentSettings):
    """The parts of the containers; `make env` makes what is random."""

    bind_address: str = Field(
        "127.0.0.1", alias="BIND_ADDRESS", description="address of this machine the four ports open on"
    )
    image_prefix: str | None = Field(
        None, alias="QUINTET_IMAGE_PREFIX", description="registry and owner before image names, with a slash"
    )
    tag: str = Field("dev", alias="QUINTET_TAG", description="tag of the images: the release that runs")
    scheduler_memory: str = Field(
        "1408m", alias="SCHEDULER_MEMORY", description="memory limit of Airflow's tasks: crawl, training"
    )
    first_model_memory: str = Field(
        "1152m", alias="FIRST_MODEL_MEMORY", description="memory limit of the first load and training"
    )
    postgres_password: SecretStr | None = Field(
        None, alias="POSTGRES_PASSWORD", description="password of PostgreSQL's superuser (random)"
    )
    quintet_db_password: SecretStr | None = Field(
        None, alias="QUINTET_DB_PASSWORD", description="password of the role that owns the tracks (random)"
    )
    quintet_api_db_password: SecretStr | None = Field(
        None,
        alias="QUINTET_API_DB_PASSWORD",
        description="password of the API's role: lists and ratings, no more (random)",
    )
    mlflow_db_password: SecretStr | None = Field(
        None, alias="MLFLOW_DB_PASSWORD", description="password of MLflow's role (random)"
    )
    airflow_db_password: SecretStr | None = Field(
        None, alias="AIRFLOW_DB_PASSWORD", description="password of Airflow's role (random)"
    )
    airflow_admin_password: SecretStr | None = Field(
        None, alias="AIRFLOW_ADMIN_PASSWORD", description="password of Airflow's user admin (random)"
    )
    airflow_fernet_key: SecretStr | None = Field(
        None, alias="AIRFLOW_FERNET_KEY", description="key Airflow encrypts its connections with (random)"
    )
    airflow_secret_key: SecretStr | None = Field(
        None, alias="AIRFLOW_SECRET_KEY", description="key Airflow signs its sessions with (random)"
    )
    airflow_jwt_secret: SecretStr | None = Field(
        None, alias="AIRFLOW_JWT_SECRET", description="key Airflow signs its tokens with (random)"
    )
    mlflow_addr: str | None = Field(
        None,
        alias="MLFLOW_ADDR",
        description="host:port under which others reach MLflow; unknown names get 403",
    )
    artifacts_destination: str | None = Field(
        None, alias="MLFLOW_ARTIFACTS_DESTINATION", description="s3://bucket/folder instead of a volume"
    )
    s3_endpoint_url: str | None = Field(
        None,
        alias="MLFLOW_S3_ENDPOINT_URL",
        description="address of the S3-compatible store, if not Amazon's",
    )
    aws_access_key_id: str | None = Field(
        None, alias="AWS_ACCESS_KEY_ID", description="key id for the bucket"
    )
    aws_secret_access_key: SecretStr | None = Field(
        None, alias="AWS_SECRET_ACCESS_KEY", description="secret key for the bucket"
    )
    aws_default_region: str = Field(
        "us-east-1", alias="AWS_DEFAULT_REGION", description="region of the bucket"
    )
