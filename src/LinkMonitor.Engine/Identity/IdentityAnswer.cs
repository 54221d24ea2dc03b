using System.Text.Json.Serialization;
using LinkMonitor.Engine.Naming;

namespace LinkMonitor.Engine.Identity;

/// <summary>Whether what came is the page that was asked for. The wire names are kebab-case, for example <c>the-page</c>.</summary>
[JsonConverter(typeof(WireNameJsonConverter<IdentityAnswer>))]
public enum IdentityAnswer
{
    /// <summary>The page, as far as can be told as it was.</summary>
    ThePage,

    /// <summary>The page, with another text or under another name.</summary>
    ThePageChanged,

    /// <summary>Something else at the page's address: a wall, an error, another page.</summary>
    InItsPlace,

    /// <summary>Too little came to say.</summary>
    CannotSay,
}
