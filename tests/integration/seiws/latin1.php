<?php
// Between JSON, which is UTF-8, and what SEI keeps.

function told($value) {
    if (is_string($value)) return iconv('ISO-8859-1', 'UTF-8', $value);
    if (is_array($value)) return array_map('told', $value);
    if (is_object($value)) return (object) array_map('told', get_object_vars($value));
    return $value;
}

function in_latin1($value) {
    if (is_string($value)) return iconv('UTF-8', 'ISO-8859-1', $value);
    if (is_array($value)) return array_map('in_latin1', $value);
    if (is_object($value)) return (object) array_map('in_latin1', get_object_vars($value));
    return $value;
}
