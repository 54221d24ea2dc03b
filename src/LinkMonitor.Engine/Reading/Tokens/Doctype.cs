namespace LinkMonitor.Engine.Reading.Tokens;

/// <summary>
/// Reads a document type, of which one thing matters: whether it makes browsers read the page as those of the nineties did, where a table
/// does not end a paragraph. https://html.spec.whatwg.org/multipage/parsing.html#the-initial-insertion-mode
/// </summary>
internal ref struct Doctype
{
    private const string Html401Frameset = "-//W3C//DTD HTML 4.01 Frameset//";
    private const string Html401Transitional = "-//W3C//DTD HTML 4.01 Transitional//";

    private static readonly string[] QuirkyIds = ["-//W3O//DTD W3 HTML Strict 3.0//EN//", "-/W3C/DTD HTML 4.0 Transitional/EN", "HTML"];

    private static readonly string[] QuirkyStarts =
    [
        "+//Silmaril//dtd html Pro v0r11 19970101//", "-//AS//DTD HTML 3.0 asWedit + extensions//",
        "-//AdvaSoft Ltd//DTD HTML 3.0 asWedit + extensions//", "-//IETF//DTD HTML 2.0 Level 1//", "-//IETF//DTD HTML 2.0 Level 2//",
        "-//IETF//DTD HTML 2.0 Strict Level 1//", "-//IETF//DTD HTML 2.0 Strict Level 2//", "-//IETF//DTD HTML 2.0 Strict//",
        "-//IETF//DTD HTML 2.0//", "-//IETF//DTD HTML 2.1E//", "-//IETF//DTD HTML 3.0//", "-//IETF//DTD HTML 3.2 Final//",
        "-//IETF//DTD HTML 3.2//", "-//IETF//DTD HTML 3//", "-//IETF//DTD HTML Level 0//", "-//IETF//DTD HTML Level 1//",
        "-//IETF//DTD HTML Level 2//", "-//IETF//DTD HTML Level 3//", "-//IETF//DTD HTML Strict Level 0//",
        "-//IETF//DTD HTML Strict Level 1//", "-//IETF//DTD HTML Strict Level 2//", "-//IETF//DTD HTML Strict Level 3//",
        "-//IETF//DTD HTML Strict//", "-//IETF//DTD HTML//", "-//Metrius//DTD Metrius Presentational//",
        "-//Microsoft//DTD Internet Explorer 2.0 HTML Strict//", "-//Microsoft//DTD Internet Explorer 2.0 HTML//",
        "-//Microsoft//DTD Internet Explorer 2.0 Tables//", "-//Microsoft//DTD Internet Explorer 3.0 HTML Strict//",
        "-//Microsoft//DTD Internet Explorer 3.0 HTML//", "-//Microsoft//DTD Internet Explorer 3.0 Tables//",
        "-//Netscape Comm. Corp.//DTD HTML//", "-//Netscape Comm. Corp.//DTD Strict HTML//", "-//O'Reilly and Associates//DTD HTML 2.0//",
        "-//O'Reilly and Associates//DTD HTML Extended 1.0//", "-//O'Reilly and Associates//DTD HTML Extended Relaxed 1.0//",
        "-//SQ//DTD HTML 2.0 HoTMetaL + extensions//", "-//SoftQuad Software//DTD HoTMetaL PRO 6.0::19990601::extensions to HTML 4.0//",
        "-//SoftQuad//DTD HoTMetaL PRO 4.0::19971010::extensions to HTML 4.0//", "-//Spyglass//DTD HTML 2.0 Extended//",
        "-//Sun Microsystems Corp.//DTD HotJava HTML//", "-//Sun Microsystems Corp.//DTD HotJava Strict HTML//",
        "-//W3C//DTD HTML 3 1995-03-24//", "-//W3C//DTD HTML 3.2 Draft//", "-//W3C//DTD HTML 3.2 Final//", "-//W3C//DTD HTML 3.2//",
        "-//W3C//DTD HTML 3.2S Draft//", "-//W3C//DTD HTML 4.0 Frameset//", "-//W3C//DTD HTML 4.0 Transitional//",
        "-//W3C//DTD HTML Experimental 19960712//", "-//W3C//DTD HTML Experimental 970421//", "-//W3C//DTD W3 HTML//",
        "-//W3O//DTD W3 HTML 3.0//", "-//WebTechs//DTD Mozilla HTML 2.0//", "-//WebTechs//DTD Mozilla HTML//",
    ];

    private readonly ReadOnlySpan<char> _source;
    private int _at;
    private bool _isForced;

    private Doctype(ReadOnlySpan<char> source, int at)
    {
        _source = source;
        _at = at;
    }

    /// <param name="start">Behind the word <c>doctype</c>.</param>
    /// <returns>Where its <c>&gt;</c> stands, or the end of the source, and whether it is one of old browsers.</returns>
    public static (int End, bool IsQuirks) Read(ReadOnlySpan<char> source, int start)
    {
        var doctype = new Doctype(source, start);
        var isQuirks = doctype.Run();
        return (doctype._at, isQuirks || doctype._isForced);
    }

    private readonly bool AtEnd => _at >= _source.Length || _source[_at] == '>';

    private bool Run()
    {
        SkipBlanks();
        var name = _at;
        while (!AtEnd && !IsBlank(_source[_at]))
            _at++;
        var isHtml = AsciiCase.AreEqual(_source[name.._at], "html");
        SkipBlanks();
        string? publicId = null, systemId = null;
        if (Skip("public"))
        {
            SkipBlanks();
            publicId = Quoted();
            SkipBlanks();
            systemId = publicId is null || AtEnd ? null : Quoted();
        }
        else if (Skip("system"))
        {
            SkipBlanks();
            systemId = Quoted();
            _isForced |= systemId is null;
        }
        else if (!AtEnd)
            _isForced = true;

        while (!AtEnd)
            _at++;
        _isForced |= _at >= _source.Length;
        return !isHtml || IsOld(publicId, systemId);
    }

    private static bool IsOld(string? publicId, string? systemId)
    {
        if ("http://www.ibm.com/data/dtd/v11/ibmxhtml1-transitional.dtd".Equals(systemId, StringComparison.OrdinalIgnoreCase))
            return true;
        return publicId is not null
            && (QuirkyIds.Contains(publicId, StringComparer.OrdinalIgnoreCase)
                || QuirkyStarts.Any(start => publicId.StartsWith(start, StringComparison.OrdinalIgnoreCase))
                || (systemId is null
                    && (publicId.StartsWith(Html401Frameset, StringComparison.OrdinalIgnoreCase)
                        || publicId.StartsWith(Html401Transitional, StringComparison.OrdinalIgnoreCase))));
    }

    private bool Skip(string word)
    {
        var end = _at + word.Length;
        if (end > _source.Length || !AsciiCase.AreEqual(_source[_at..end], word))
            return false;
        _at = end;
        return true;
    }

    /// <summary>Null, and quirks by force, for what is not quoted or does not end.</summary>
    private string? Quoted()
    {
        if (AtEnd || _source[_at] is not ('"' or '\''))
        {
            _isForced = true;
            return null;
        }

        var quote = _source[_at++];
        var start = _at;
        while (!AtEnd && _source[_at] != quote)
            _at++;
        if (AtEnd)
            _isForced = true;
        var text = _source[start.._at].ToString();
        if (!AtEnd)
            _at++;
        return text;
    }

    private void SkipBlanks()
    {
        while (_at < _source.Length && IsBlank(_source[_at]))
            _at++;
    }

    private static bool IsBlank(char c) => c is ' ' or '\n' or '\t' or '\f';
}
