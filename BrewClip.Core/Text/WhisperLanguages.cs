using System.Collections.Frozen;

namespace BrewClip.Core.Text;

/// <summary>
/// The languages that Whisper was trained on, in the order of their tokens: the first 99 for the models up to large-v2, all 100 from
/// large-v3 on (openai/whisper, <c>tokenizer.py</c>).
/// </summary>
public static class WhisperLanguages
{
    private static readonly (string Code, string Name)[] _languages =
    [
        ("en", "english"), ("zh", "chinese"), ("de", "german"), ("es", "spanish"),
        ("ru", "russian"), ("ko", "korean"), ("fr", "french"), ("ja", "japanese"),
        ("pt", "portuguese"), ("tr", "turkish"), ("pl", "polish"), ("ca", "catalan"),
        ("nl", "dutch"), ("ar", "arabic"), ("sv", "swedish"), ("it", "italian"),
        ("id", "indonesian"), ("hi", "hindi"), ("fi", "finnish"), ("vi", "vietnamese"),
        ("he", "hebrew"), ("uk", "ukrainian"), ("el", "greek"), ("ms", "malay"),
        ("cs", "czech"), ("ro", "romanian"), ("da", "danish"), ("hu", "hungarian"),
        ("ta", "tamil"), ("no", "norwegian"), ("th", "thai"), ("ur", "urdu"),
        ("hr", "croatian"), ("bg", "bulgarian"), ("lt", "lithuanian"), ("la", "latin"),
        ("mi", "maori"), ("ml", "malayalam"), ("cy", "welsh"), ("sk", "slovak"),
        ("te", "telugu"), ("fa", "persian"), ("lv", "latvian"), ("bn", "bengali"),
        ("sr", "serbian"), ("az", "azerbaijani"), ("sl", "slovenian"), ("kn", "kannada"),
        ("et", "estonian"), ("mk", "macedonian"), ("br", "breton"), ("eu", "basque"),
        ("is", "icelandic"), ("hy", "armenian"), ("ne", "nepali"), ("mn", "mongolian"),
        ("bs", "bosnian"), ("kk", "kazakh"), ("sq", "albanian"), ("sw", "swahili"),
        ("gl", "galician"), ("mr", "marathi"), ("pa", "punjabi"), ("si", "sinhala"),
        ("km", "khmer"), ("sn", "shona"), ("yo", "yoruba"), ("so", "somali"),
        ("af", "afrikaans"), ("oc", "occitan"), ("ka", "georgian"), ("be", "belarusian"),
        ("tg", "tajik"), ("sd", "sindhi"), ("gu", "gujarati"), ("am", "amharic"),
        ("yi", "yiddish"), ("lo", "lao"), ("uz", "uzbek"), ("fo", "faroese"),
        ("ht", "haitian creole"), ("ps", "pashto"), ("tk", "turkmen"), ("nn", "nynorsk"),
        ("mt", "maltese"), ("sa", "sanskrit"), ("lb", "luxembourgish"), ("my", "myanmar"),
        ("bo", "tibetan"), ("tl", "tagalog"), ("mg", "malagasy"), ("as", "assamese"),
        ("tt", "tatar"), ("haw", "hawaiian"), ("ln", "lingala"), ("ha", "hausa"),
        ("ba", "bashkir"), ("jw", "javanese"), ("su", "sundanese"), ("yue", "cantonese"),
    ];

    // Other names by which people ask for a language.
    private static readonly (string Alias, string Code)[] _aliases =
    [
        ("burmese", "my"), ("valencian", "ca"), ("flemish", "nl"), ("haitian", "ht"), ("letzeburgesch", "lb"), ("pushto", "ps"),
        ("panjabi", "pa"), ("moldavian", "ro"), ("moldovan", "ro"), ("sinhalese", "si"), ("castilian", "es"), ("mandarin", "zh"),
    ];

    private static readonly FrozenDictionary<string, string> _codes = _languages
        .SelectMany(language => new[] { (Key: language.Code, language.Code), (Key: language.Name, language.Code) })
        .Concat(_aliases.Select(alias => (Key: alias.Alias, alias.Code)))
        .ToFrozenDictionary(pair => pair.Key, pair => pair.Code, StringComparer.OrdinalIgnoreCase);

    private static readonly FrozenDictionary<string, string> _names =
        _languages.ToFrozenDictionary(language => language.Code, language => language.Name, StringComparer.Ordinal);

    /// <summary>The codes in the order of their tokens: en, zh, de, …, yue.</summary>
    public static IReadOnlyList<string> Codes { get; } = _languages.Select(language => language.Code).ToArray();

    /// <summary>The English name of a code, in lower case; null for a code that is not Whisper's.</summary>
    public static string? NameOf(string code) => _names.GetValueOrDefault(code);

    /// <summary>
    /// The code of a language given by its code, name or a common other name, in any case; null where Whisper does not know it.
    /// </summary>
    public static string? CodeOf(string codeOrName) => _codes.GetValueOrDefault(codeOrName.Trim());
}
