/** A condition for the rows of workload `?1` and of what is kept under it (`name/near`): `0` follows `/`. */
export const OF_WORKLOAD = "(workload = ?1 OR (workload >= ?1 || '/' AND workload < ?1 || '0'))";
