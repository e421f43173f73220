/** The version of the rule by which snapshots are folded from now on. An issue keeps the one that it was made by. */
export const currentRule = 6;
