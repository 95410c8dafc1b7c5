import { Choice } from "./choice.js";
import { useAnswer } from "./use-answer.js";

/** More are found by the search. */
const CHOICES = 100;

interface PlaceChoicesProps {
  readonly regionId: string;
  readonly collectionId: string;
  readonly onChoose: (place: { readonly region: string; readonly collection: string }) => void;
}

/** A region, and a collection in it. */
export function PlaceChoices({ regionId, collectionId, onChoose }: PlaceChoicesProps) {
  const { data: regions } = useAnswer("", (latchkey, signal) => latchkey.regions.list({ first: CHOICES }, { signal }));
  const { data: collections } = useAnswer(regionId, (latchkey, signal) =>
    latchkey.collections.list({ first: CHOICES, regionId: regionId || null }, { signal }),
  );
  return (
    <>
      <Choice
        label="Region"
        value={regionId}
        open="All regions"
        options={(regions?.nodes ?? []).map(({ id, name }) => ({ value: id, title: name }))}
        onChoose={(region) => onChoose({ region, collection: "" })}
      />
      <Choice
        label="Collection"
        value={collectionId}
        open="All collections"
        options={(collections?.nodes ?? []).map(({ id, name }) => ({ value: id, title: name }))}
        onChoose={(collection) => onChoose({ region: regionId, collection })}
      />
    </>
  );
}
