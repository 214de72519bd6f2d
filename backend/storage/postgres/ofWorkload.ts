/** A condition for the rows of workload `$1` and of what is kept under it (`name/near`). */
export const OF_WORKLOAD = "(workload = $1 OR starts_with(workload, $1 || '/'))";
