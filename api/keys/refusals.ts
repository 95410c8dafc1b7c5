/** Constraints that a new or changed key may meet. */
export const API_KEY_REFUSALS = {
  api_keys_name_unique_in_force: ["name", "the owner has a key in force with this name"],
  api_key_groups_within_clients: ["groupIds", "a group has just been taken from the client"],
} as const;
