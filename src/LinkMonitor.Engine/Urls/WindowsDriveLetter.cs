namespace LinkMonitor.Engine.Urls;

/// <summary>Drive letters in file URLs: https://url.spec.whatwg.org/#windows-drive-letter.</summary>
internal static class WindowsDriveLetter
{
    public static bool Is(ReadOnlySpan<char> text) => text.Length == 2 && char.IsAsciiLetter(text[0]) && text[1] is (':' or '|');

    public static bool IsNormalized(ReadOnlySpan<char> text) => Is(text) && text[1] == ':';

    public static bool Starts(ReadOnlySpan<char> text) =>
        text.Length >= 2 && Is(text[..2]) && (text.Length == 2 || text[2] is '/' or '\\' or '?' or '#');
}
