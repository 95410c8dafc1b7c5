/** The operations that the page itself sends, beside those of the editor. */
export const SIGN_IN = `mutation SignIn($input: SignInInput!) {
  signIn(input: $input) {
    token
    expiresAt
    actor {
      name
      role
    }
  }
}`;

export const SIGN_OUT = `mutation SignOut {
  signOut
}`;

export const WHO_AM_I = `query WhoAmI {
  me {
    name
    role
  }
}`;
