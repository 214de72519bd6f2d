/** A name of Kubernetes: RFC 1123, so that it can never lead to another path. */
export const NAME = /^[a-z0-9]([-a-z0-9.]{0,251}[a-z0-9])?$/;
