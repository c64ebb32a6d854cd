"""What goes wrong with S3, in our own words."""

from __future__ import annotations

import re

from botocore import exceptions as aws

_ANSWERS = {
    "AccessDenied": "access to bucket '{bucket}' is denied; give the credentials the rights"
    " s3:ListBucket and s3:GetObject on it",
    "ExpiredToken": "the credentials have expired; renew them",
    "InvalidAccessKeyId": "the store does not know the access key; mend the variable that"
    " access_key_env names, or the profile",
    "InvalidObjectState": "the object is archived; restore it first",
    "InvalidToken": "the session token is not valid; renew the credentials",
    "NoSuchBucket": "there is no bucket '{bucket}' at {store}; mend `bucket` or `endpoint_url`",
    "NoSuchKey": "the object is gone since it was listed; scan again",
    "PermanentRedirect": "bucket '{bucket}' lies in another region; mend `region`",
    "PreconditionFailed": "the object was changed while it was read; scan again",
    "RequestTimeTooSkewed": "this machine's clock is wrong; set it",
    "SignatureDoesNotMatch": "the secret key is not the access key's; mend the variable that"
    " secret_key_env names, or the profile",
}
_SAME = {
    "403": "AccessDenied",
    "404": "NoSuchKey",
    "412": "PreconditionFailed",
    "AccountProblem": "AccessDenied",
    "AllAccessDisabled": "AccessDenied",
    "AuthorizationHeaderMalformed": "PermanentRedirect",
    "ExpiredTokenException": "ExpiredToken",
    "Forbidden": "AccessDenied",
    "IllegalLocationConstraintException": "PermanentRedirect",
    "InvalidBucketName": "NoSuchBucket",
    "InvalidClientTokenId": "InvalidAccessKeyId",
    "RequestExpired": "RequestTimeTooSkewed",
}
_RAISED: tuple[tuple[type[Exception] | tuple[type[Exception], ...], str], ...] = (
    (
        (aws.NoCredentialsError, aws.PartialCredentialsError),
        "there are no credentials; name them with access_key_env and secret_key_env, or a profile",
    ),
    (aws.ProfileNotFound, "the AWS configuration has no such profile; mend `profile`"),
    (aws.SSLError, "{store} has no certificate that this machine trusts; install its authority's"),
    (aws.ParamValidationError, "`bucket` or `role_arn` is not a valid name; mend it"),
    (aws.InvalidRegionError, "`region` is not a region's name; mend it"),
    (
        (aws.ConnectionError, aws.HTTPClientError),
        "{store} cannot be reached; mend `endpoint_url`, or the network",
    ),
)


def worded(error: Exception, bucket: str, endpoint_url: str | None) -> str:
    """One line about an error: what, where, how to mend; nothing of its own text."""
    store = endpoint_url or "Amazon S3"
    if isinstance(error, aws.ClientError):
        code = str(error.response.get("Error", {}).get("Code", ""))
        if error.operation_name == "AssumeRole" and _SAME.get(code, code) == "AccessDenied":
            return "the role may not be assumed; mend `role_arn`, `external_id` or its trust policy"
        words = _ANSWERS.get(_SAME.get(code, code))
        if words is None:
            shown = code if re.fullmatch("[A-Za-z0-9]{1,60}", code) else "an error"
            words = "{store} answered " + shown + "; try again, or ask who runs the store"
        return words.format(bucket=bucket, store=store)
    for kind, words in _RAISED:
        if isinstance(error, kind):
            return words.format(bucket=bucket, store=store)
    return f"the AWS library gave up with {type(error).__name__}; check the AWS configuration"
