import { Instant } from "../instant.js";
import { useAnswer } from "../use-answer.js";

const NEWEST = 5;

export function TokensOfClient({ clientId }: { clientId: string }) {
  const { data: tokens, failure } = useAnswer(clientId, (latchkey, signal) =>
    latchkey.tokens.list({ clientId, first: NEWEST }, { signal }),
  );
  if (failure) return <p className="faint">{failure}</p>;
  if (tokens?.totalCount === 0) return <p className="faint">None.</p>;
  return (
    <ul className="tokens">
      {tokens?.nodes.map(({ id, maskedToken, status, createdAt }) => (
        <li key={id}>
          <code>{maskedToken}</code> {status.toLowerCase()}, issued <Instant at={createdAt} />
        </li>
      ))}
      {tokens && tokens.totalCount > NEWEST && <li className="faint">and {tokens.totalCount - NEWEST} older ones</li>}
    </ul>
  );
}
