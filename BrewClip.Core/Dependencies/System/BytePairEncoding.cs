using BrewClip.Core.Text;

namespace BrewClip.Core.Dependencies;

/// <summary>Who merges byte pairs in this build: BrewClip's own encoder.</summary>
internal static class BytePairEncoding
{
    public static IBytePairEncoder CreateEncoder(BytePairVocabulary vocabulary) => new BytePairEncoder(vocabulary);
}
