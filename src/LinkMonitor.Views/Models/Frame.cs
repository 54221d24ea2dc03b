using System.Globalization;

namespace LinkMonitor.Views;

/// <summary>What stands around every page.</summary>
public sealed record Frame
{
    /// <summary>The field of a form that says on which page it stands.</summary>
    public const string PlaceField = "place";

    /// <summary>Where what is set aside is listed.</summary>
    public const string SetAsidePath = "/app/health#set-aside";

    /// <summary>Path and query of the page: "Undo" leads back to it.</summary>
    public string Place { get; init; } = "";

    /// <summary>The page's name; the product's is added to it in the browser's title.</summary>
    public required string Title { get; init; }

    /// <summary>Who is signed in; null before.</summary>
    public Visitor? Visitor { get; init; }

    /// <summary>The project whose tabs are shown; null outside of one.</summary>
    public ProjectTabs? Project { get; init; }

    /// <summary>What the last act did; null for nothing.</summary>
    public DoneNotice? Notice { get; init; }

    /// <summary>Without a script the browser asks for the page again after so many seconds; null for never.</summary>
    public int? RefreshAfter { get; init; }

    /// <summary>How much the page leaves out because its rows cannot be read, a sentence; null for nothing.</summary>
    public string? LeftOut { get; init; }

    /// <summary>The same page, saying how many rows it leaves out because they cannot be read; of each kind by itself.</summary>
    /// <param name="one">What one of them is called.</param>
    /// <param name="many">What several are called; null for an s behind it.</param>
    public Frame LeavingOut(int count, string one, string? many = null) => count == 0 ? this : this with
    {
        LeftOut = (LeftOut is null ? string.Empty : $"{LeftOut}, and ") + (count == 1
            ? $"1 {one} cannot be read and is left out here"
            : string.Create(CultureInfo.InvariantCulture, $"{count:N0} {many ?? one + "s"} cannot be read and are left out here")),
    };
}

/// <summary>Who is signed in.</summary>
/// <param name="Name">The key's name.</param>
/// <param name="Role"><c>viewer</c>, <c>editor</c> or <c>owner</c>.</param>
/// <param name="CanWrite">An editor or owner: forms that change something are shown.</param>
/// <param name="IsOwner">People are shown.</param>
/// <param name="OwnsAll">An owner of all projects: the health of the system and what was done in it are shown.</param>
/// <param name="Token">The antiforgery token that every form carries.</param>
public sealed record Visitor(string Name, string Role, bool CanWrite, bool IsOwner, bool OwnsAll, string Token);

/// <summary>The tabs of a project.</summary>
/// <param name="Current">The tab that is open, for example <c>links</c>.</param>
/// <param name="NeedsHuman">How many links nobody could tell the state of; null when the links are not in memory.</param>
public sealed record ProjectTabs(string Id, string Name, string Current, int? NeedsHuman = null)
{
    /// <summary>The address of a page of the project.</summary>
    public string Path(string page) => page.Length == 0 ? $"/app/p/{Id}" : $"/app/p/{Id}/{page}";
}

/// <summary>What an act did, told once.</summary>
/// <param name="Text">One sentence.</param>
/// <param name="IsGood">False for what did not work.</param>
/// <param name="UndoPath">Where a POST undoes it; null when it cannot be undone.</param>
/// <param name="Secret">A key, address or secret that is shown this once; null for none.</param>
public sealed record DoneNotice(string Text, bool IsGood = true, string? UndoPath = null, string? Secret = null);

/// <summary>A field of a form with what was typed, and what is wrong with it.</summary>
/// <param name="Name">The field's name in the form.</param>
/// <param name="Label">What people read.</param>
/// <param name="Value">What is in it.</param>
/// <param name="Error">What is wrong, in a sentence; null for nothing.</param>
/// <param name="Help">One line below it.</param>
/// <param name="Type">The type of the input; <c>textarea</c> for many lines.</param>
/// <param name="IsNeeded">It must not be empty.</param>
public sealed record Field(
    string Name, string Label, string Value = "", string? Error = null, string? Help = null, string Type = "text", bool IsNeeded = false)
{
    /// <summary>The id in the page.</summary>
    public string Id => $"f-{Name}";

    /// <summary>What it holds, for those who only read: the words of a choice, and lines with commas between.</summary>
    public string Said => Type == "select"
        ? Choices.FirstOrDefault(choice => choice.Value == Value).Words ?? Value
        : string.Join(", ", Value.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries));

    /// <summary>What it is of, where others have the same label; null where none has.</summary>
    public string? Group { get; init; }

    /// <summary>What it holds as stored, whatever is typed; null where nothing of it is stored.</summary>
    public string? Held { get; init; }

    /// <summary>What is stored now and is another value than the one that was typed; null where that is not to be told.</summary>
    public string? Stored { get; init; }

    /// <summary><see cref="Stored"/> as people read it.</summary>
    public string? StoredWords => Stored is null ? null
        : Choices.Where(choice => choice.Value == Stored).Select(choice => choice.Words).FirstOrDefault() is { } words ? words
        : Stored.Length == 0 ? "nothing" : Stored;

    /// <summary>What <c>autocomplete</c> says; null to leave it out.</summary>
    public string? Autocomplete { get; init; }

    /// <summary>The choices of a <c>select</c>: value and words.</summary>
    public IReadOnlyList<(string Value, string Words)> Choices { get; init; } = [];
}
