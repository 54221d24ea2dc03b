namespace LinkMonitor.Engine.Robots;

/// <summary>
/// The path of an allow or disallow line: a prefix, with <c>*</c> for any characters and a <c>$</c> at the end for the end.
/// </summary>
internal sealed class RobotsPattern
{
    private readonly string[] _pieces;
    private readonly bool _isAnchored;
    private readonly bool _namesQuery;
    private readonly int _shortest;

    private RobotsPattern(string[] pieces, bool isAnchored)
    {
        _isAnchored = isAnchored;
        Length = pieces.Sum(piece => piece.Length) + pieces.Length - 1 + (isAnchored ? 1 : 0);
        _pieces = OpenQuery(pieces, out _namesQuery);
        _shortest = _pieces.Sum(piece => piece.Length);
    }

    /// <summary>In octets, wildcards included: the longer of two that match is the more specific.</summary>
    public int Length { get; }

    /// <param name="text">Not empty; one character per byte.</param>
    public static RobotsPattern Parse(string text)
    {
        var isAnchored = text[^1] == '$';
        var pieces = (isAnchored ? text[..^1] : text).Split('*');
        return new RobotsPattern([.. pieces.Select(RobotsPath.Normalize)], isAnchored);
    }

    /// <summary>Takes the leftmost place for every piece, so it never goes back: hostile patterns cost no more than others.</summary>
    public bool Matches(RobotsPath url)
    {
        var path = (_namesQuery ? url.OpenQuery : url.Plain).AsSpan();
        if (_shortest > path.Length || (_isAnchored && url.IsCut) || !path.StartsWith(_pieces[0], StringComparison.Ordinal))
            return false;
        if (_pieces.Length == 1)
            return !_isAnchored || path.Length == _pieces[0].Length;

        path = path[_pieces[0].Length..];
        var last = _isAnchored ? _pieces.Length - 1 : _pieces.Length;
        for (var i = 1; i < last; i++)
        {
            var found = path.IndexOf(_pieces[i], StringComparison.Ordinal);
            if (found < 0)
                return false;
            path = path[(found + _pieces[i].Length)..];
        }

        return !_isAnchored || path.EndsWith(_pieces[^1], StringComparison.Ordinal);
    }

    private static string[] OpenQuery(string[] pieces, out bool namesQuery)
    {
        var inQuery = false;
        var opened = new string[pieces.Length];
        for (var i = 0; i < pieces.Length; i++)
        {
            var query = inQuery ? 0 : pieces[i].IndexOf('?', StringComparison.Ordinal);
            inQuery |= query >= 0;
            opened[i] = query < 0 ? pieces[i] : pieces[i][..query] + RobotsPath.OpenDelimiters(pieces[i][query..]);
        }

        namesQuery = inQuery;
        return opened;
    }
}
