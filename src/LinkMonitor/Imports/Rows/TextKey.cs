using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using LinkMonitor.Engine.Urls;

namespace LinkMonitor.Imports.Rows;

/// <summary>Sixteen bytes in the place of an address of any length; no two addresses share them.</summary>
internal static class TextKey
{
    public static UInt128 OfPage(WebUrl page) => Of(UrlKeys.PageIdentity(page).Href);

    public static UInt128 OfLink(WebUrl page, WebUrl target) => Of($"{UrlKeys.PageIdentity(page).Href}\n{target.Href}");

    private static UInt128 Of(string text) => BinaryPrimitives.ReadUInt128BigEndian(SHA256.HashData(Encoding.UTF8.GetBytes(text)));
}
